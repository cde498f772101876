/** A mail server that keeps what it is given. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  /** Headers and body, as they came; long lines are put together again. */
  text: string;
}

export interface MailServer {
  url: string;
  /** Waits for the next mail to this address. */
  next(to: string): Promise<ReceivedMail>;
  /** How many have come to this address. */
  count(to: string): number;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const read = new Map<string, number>();
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      text(stream).then((raw) => {
        const plain = raw.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
        for (const { address } of session.envelope.rcptTo) {
          received.push({ to: address, text: plain });
        }
        for (const wake of waiting) wake();
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const mailsTo = (to: string) => received.filter((mail) => mail.to === to);
  return {
    url: `smtp://127.0.0.1:${port}`,
    async next(to) {
      const index = read.get(to) ?? 0;
      read.set(to, index + 1);
      for (;;) {
        const mail = mailsTo(to)[index];
        if (mail) return mail;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    count: (to) => mailsTo(to).length,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
