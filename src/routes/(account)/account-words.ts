/** What pages of accounts say of what went wrong. */

const passwordLength = { least: 10, most: 128 };

export const passwordHint = `At least ${passwordLength.least} characters. A few words in a row are easy to remember.`;

const passwordWords: Record<string, string> = {
  'too-short': `That is too short: at least ${passwordLength.least} characters.`,
  'too-long': `That is too long: at most ${passwordLength.most} characters.`,
  'too-common': 'That is one of the first passwords that would be tried. Choose another one.',
};

const addressWords: Record<string, string> = {
  'no-address': 'This is no e-mail address: it needs an @ and a name after it.',
};

const formWords: Record<string, string> = {
  wrong: 'This address and password do not belong together.',
  unconfirmed:
    'This address is not confirmed yet. We have sent another mail: open its link, then sign in.',
  taken:
    'No account can be made with this address. If you have one already, sign in; whoever runs this site can help with a lost password.',
  link: 'This link is too old, or was used already. Ask for another one.',
  'no-mail': 'This site sends no mail.',
  provider:
    'That did not work: either it was broken off there, or the address of that account is not confirmed here or there.',
  'no-passkey':
    'No account was made, since no passkey came of it: it was broken off, or took too long. Try again, or use a password instead.',
  refused:
    'No account was made: this passkey cannot be taken. Try again, or use a password instead.',
  'old-session': 'You signed in more than a day ago. Sign out and in again, then set the password.',
  'has-password': 'There is a password already.',
  'too-many': 'That was tried too often. Wait a few minutes, then try again.',
};

const passkeyWords: Record<string, string> = {
  'last-passkey':
    'This passkey stays: without it you could not sign in any more. Set a password or add another passkey first.',
};

/** The problem that a refusal names; one that cannot be read is a refusal and no more. */
export function problemIn(refusal: string): string {
  return ['no-address', 'taken', 'too-many'].find((known) => refusal.includes(known)) ?? 'refused';
}

/** Where a problem belongs: to the password, the address, a passkey, or the whole form. */
export interface ProblemWords {
  name: string;
  current: string;
  password: string;
  address: string;
  passkey: string;
  form: string;
}

export function problemWords(problem: string | undefined): ProblemWords {
  const of = (words: Record<string, string>) => (problem && words[problem]) || '';
  return {
    name: problem === 'no-name' ? 'A name has at least one letter.' : '',
    current: problem === 'wrong-password' ? 'This is not your password.' : '',
    password: of(passwordWords),
    address: of(addressWords),
    passkey: of(passkeyWords),
    form: of(formWords),
  };
}

const saids: Record<string, string> = {
  confirmed: 'Your address is confirmed. Sign in now.',
  reset: 'Your new password is set. Sign in with it.',
};

/** What another page has done before it led here. */
export function saidWords(said: string | null): string {
  return (said && saids[said]) || '';
}
