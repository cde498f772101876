/** What a password must be. */

export const passwordLength = { least: 10, most: 128 };

export type PasswordProblem = 'too-short' | 'too-long' | 'too-common';

/** Of the lists of passwords that were found out most often, those that are long enough; in lower case, without what is put at the end. */
const common = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd passwordpassword mypassword yourpassword thepassword newpassword
  changeme changemenow letmein letmeinnow welcome welcometo administrator adminadmin adminpassword rootroot
  qwerty qwertyuiop qwertyqwerty qwertzuiop qwertzuiopasdf asdfghjkl asdfasdf zxcvbnm qazwsxedc qazwsx
  1qaz2wsx3edc 1qaz2wsx 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r q1w2e3r4t5 q1w2e3r4 zaq12wsx zaq1zaq1
  iloveyou iloveyouu iloveyousomuch sunshine princess football baseball basketball superman batman
  trustno1 starwars dragon dragonball monkey monkeymonkey shadow master masterkey michael jennifer
  computer internet whatever abcdefgh abcdefghij abcdefghijk abcd1234 abc123 abcabc test testtest testing
  testpassword secret secretpassword supersecret correcthorsebatterystaple correcthorse google facebook
  django djangodjango python pythonpython liverpool manchester chelsea arsenal barcelona
  blink182 pokemon charlie jordan freedom hello helloworld hellohello america australia`.split(
    /\s+/,
  ),
);

/** @returns What is wrong with it; null when nothing is. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const length = [...password].length;
  if (length < passwordLength.least) return 'too-short';
  if (password.length > passwordLength.most) return 'too-long';
  return isCommon(password.toLowerCase(), email.toLowerCase()) ? 'too-common' : null;
}

function isCommon(password: string, email: string): boolean {
  const core = password.replace(/[\d\W_]+$/, '').replace(/^[\d\W_]+/, '');
  const name = email.split('@')[0] ?? '';
  return (
    common.has(password) ||
    common.has(core) ||
    (core === '' && isRun(password)) ||
    new Set(password).size <= 3 ||
    password === email ||
    (name.length >= 4 && core === name)
  );
}

/** Digits that only count up or down, or that repeat after a few: 1234567890, 1212121212, 1231231230 no, 123123123123 yes. */
function isRun(text: string): boolean {
  if (/^(.{1,5})\1+.{0,4}$/.test(text)) return true;
  const steps = [...text].slice(1).map((letter, index) => {
    const step = letter.charCodeAt(0) - text.charCodeAt(index);
    // 0 comes after 9, and before 1.
    return Math.abs(step) === 9 ? -Math.sign(step) : step;
  });
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
