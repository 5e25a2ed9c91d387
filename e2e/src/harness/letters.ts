import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { waitFor } from './waitFor.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The six digits; empty when the letter has none. */
  readonly code: string;
  /** The first link of the letter. */
  readonly link: string;
}

export interface Letters {
  readonly smtpUrl: string;
  /** The oldest letter to the address that was not asked for yet; waits for one. */
  readonly next: (to: string) => Promise<Letter>;
  readonly close: () => Promise<void>;
}

/** A real mail server on loopback that keeps what it is given. */
export async function startLetters(): Promise<Letters> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          const text = mail.text ?? '';
          for (const { address } of session.envelope.rcptTo) {
            letters.push({
              to: address,
              subject: mail.subject ?? '',
              text,
              code: /(?<!\d)\d{6}(?!\d)/.exec(mail.subject ?? '')?.[0] ?? '',
              link: /https?:\/\/\S+/.exec(text)?.[0] ?? '',
            });
          }
          done();
        })
        .catch(done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    next: (to) =>
      waitFor(`a letter to ${to}`, () => {
        const at = letters.findIndex((letter) => letter.to === to);
        return at < 0 ? undefined : letters.splice(at, 1)[0];
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
