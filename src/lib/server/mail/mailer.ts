/** Sends mails: through a server, or, where lessons are written, to the terminal. */
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text; no line needs more than a mail reader's width. */
  text: string;
}

export interface Mailer {
  /** Returns at once: whoever waits for an answer must not see by the time whether a mail was sent. */
  send(mail: Mail): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface MailerParts {
  /** `smtp://...` or `smtps://...` */
  url: string;
  from: string;
  onTrouble: (error: unknown) => void;
}

const patienceMs = 20_000;

export function smtpMailer({ url, from, onTrouble }: MailerParts): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      // What is mailed is text of ours: no file and no address is ever read for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const underWay = new Set<Promise<unknown>>();
  return {
    send(mail) {
      const sending = transport.sendMail(mail).catch(onTrouble);
      underWay.add(sending);
      void sending.finally(() => underWay.delete(sending));
    },
    async close() {
      await Promise.all(underWay);
      transport.close();
    },
  };
}

/** Mails are printed, for who works at the site. */
export function terminalMailer(print: (text: string) => void): Mailer {
  return {
    send: ({ to, subject, text }) =>
      print(`\n  mail to ${to}: ${subject}\n${text.replace(/^/gm, '  | ')}\n`),
    close: async () => {},
  };
}
