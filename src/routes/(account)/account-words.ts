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
  provider: 'Signing in there did not work. Try again, or sign in another way.',
  'broken-off': 'It was broken off there. Try again, or sign in another way.',
  lost: 'It took too long, or was not begun in this browser. Try again.',
  unreachable: 'We could not reach them just now. Try again later, or sign in another way.',
  'no-address-there': 'They told us no e-mail address, and an account needs one.',
  'not-linked':
    'There is an account of this address already. It opens from there only once the address is confirmed both there and here: sign in as you did before.',
  'unconfirmed-there':
    'This address is not confirmed yet. We have sent a mail: open its link, then sign in.',
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

/** Errors with which the way back from a provider ends at the sign-in page. */
const providerProblems = new Map([
  ['access_denied', 'broken-off'],
  ['account_not_linked', 'not-linked'],
  ['email_not_found', 'no-address-there'],
  ['email_not_verified', 'unconfirmed-there'],
  ['state_mismatch', 'lost'],
  ['state_not_found', 'lost'],
  ['unreachable', 'unreachable'],
]);

/** @param error - From the address of the page, where anybody may have written it. */
export function providerProblem(error: string | null): string | undefined {
  return error === null ? undefined : (providerProblems.get(error) ?? 'provider');
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
