import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Letter } from './letter.ts';

const SMTP_TIMEOUT_MS = 15_000;
const SMTP_CONNECTIONS = 3;

/** Gives a letter to the next station; it is out of our hands when the promise is kept. */
export interface MailTransport {
  deliver(letter: Letter): Promise<void>;
  close(): void;
}

/** Every step of the conversation has a time limit, because a mail server that hangs must not hold up the queue. */
export function createSmtpTransport(url: string, from: string): MailTransport {
  const transporter = createTransport(
    {
      url,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      connectionTimeout: SMTP_TIMEOUT_MS,
      greetingTimeout: SMTP_TIMEOUT_MS,
      socketTimeout: SMTP_TIMEOUT_MS,
      dnsTimeout: SMTP_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    async deliver(letter) {
      await transporter.sendMail(asMail(letter));
    },
    close: () => transporter.close(),
  };
}

/**
 * Writes letters to `<folder>/<time>-<n>.eml`, readable by the owner only; `print` gets the link of each.
 * A file appears whole or not at all.
 */
export function createFileTransport(
  folder: string,
  from: string,
  print?: (line: string) => void,
): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from });
  let written = 0;
  return {
    async deliver(letter) {
      const { message } = await composer.sendMail(asMail(letter));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      written += 1;
      const stamp = new Date().toISOString().replaceAll(':', '-');
      const path = join(folder, `${stamp}-${process.pid}-${written}.eml`);
      const file = await open(`${path}.part`, 'wx', 0o600);
      try {
        await file.writeFile(message as Buffer);
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
      const link = /https?:\/\/\S+/.exec(letter.text)?.[0];
      if (link) print?.(`Letter to ${letter.to}: ${link}`);
    },
    close: () => composer.close(),
  };
}

/** The recipient as an object: a comma or an angle bracket in the address cannot make it a list. */
function asMail({ to, subject, text, html }: Letter) {
  return {
    to: { name: '', address: to },
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
