/** What accounts tell by mail. */
import type { Mail, Mailer } from './mailer.ts';

interface Addressee {
  email: string;
}

/** @param origin - Under which the site is: links begin with it. */
export function accountMails(mailer: Mailer, origin: string) {
  const mail = (to: Addressee, subject: string, lines: string[]): Mail => ({
    to: to.email,
    subject,
    text: [...lines, '', '-- ', `Assay at ${origin}`, ''].join('\n'),
  });
  return {
    sendReset: (to: Addressee & { token: string }) =>
      mailer.send(
        mail(to, 'Set a new password', [
          'Somebody, most likely you, has asked for a new password for your account.',
          'Set one here within the next hour:',
          '',
          `${origin}/reset-password?token=${encodeURIComponent(to.token)}`,
          '',
          'The link works once. If you did not ask for it, do nothing: your password stays.',
        ]),
      ),
    sendVerification: (to: Addressee & { token: string }) =>
      mailer.send(
        mail(to, 'Confirm your e-mail address', [
          'Somebody, most likely you, has made an account with this address.',
          'Confirm it here within a day, then sign in:',
          '',
          `${origin}/verify-email?token=${encodeURIComponent(to.token)}`,
          '',
          'If it was not you, do nothing: without this, the account cannot be used.',
        ]),
      ),
    sendAlreadyThere: (to: Addressee) =>
      mailer.send(
        mail(to, 'You have an account already', [
          'Somebody, most likely you, wanted to make an account with this address. There is one already.',
          '',
          `Sign in:         ${origin}/sign-in`,
          `New password:    ${origin}/forgot-password`,
          '',
          'If it was not you, do nothing: nothing has changed.',
        ]),
      ),
  };
}
