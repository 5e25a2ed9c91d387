import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import type { Letter } from './letter.ts';
import { createMailer, createMailQueue } from './mailer.ts';
import { createFileTransport, createSmtpTransport } from './transport.ts';

const letter: Letter = {
  to: 'ann@example.org',
  subject: 'Код 123456',
  text: 'Open https://chat.example.org/confirm#abc to go on.',
  html: '<p>Open <a href="https://chat.example.org/confirm#abc">Ahoy</a> to go on.</p>',
};
const silent = createLog('silent');
let root: string;
let smtp: SMTPServer | undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ahoy-mail-'));
});
afterEach(async () => {
  const server = smtp;
  smtp = undefined;
  if (server) await new Promise<void>((resolve) => server.close(resolve));
  await rm(root, { recursive: true });
});

/** A mail server that first answers each recipient with the given codes, then accepts. */
async function startSmtp(refusals: number[] = []): Promise<{ url: string; received: Email[] }> {
  const received: Email[] = [];
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      const responseCode = refusals.shift();
      callback(responseCode ? Object.assign(new Error('not now'), { responseCode }) : null);
    },
    async onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      received.push(await PostalMime.parse(Buffer.concat(chunks)));
      callback();
    },
  });
  const server = smtp.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

test('a letter reaches the SMTP server with both of its parts', async () => {
  const { url, received } = await startSmtp();
  const mailer = createMailer({ dataDir: root, smtpUrl: url, mailFrom: 'Ahoy <ahoy@example.org>' }, silent);
  expect(mailer.send(letter)).toBe(true);
  await mailer.close();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    from: { address: 'ahoy@example.org' },
    to: [{ address: 'ann@example.org' }],
    subject: letter.subject,
    text: expect.stringContaining('/confirm#abc'),
    html: expect.stringContaining('<a href='),
  });
  expect(await readdir(root)).toEqual([]);
});

test('a temporary refusal is tried again, a permanent one is not', async () => {
  const { url, received } = await startSmtp([451, 451]);
  const patient = createMailQueue(createSmtpTransport(url, 'ahoy@example.org'), silent, { firstPauseMs: 1 });
  patient.send(letter);
  await patient.close();
  expect(received).toHaveLength(1);

  const refusing = await startSmtpAgain([550]);
  const mailer = createMailQueue(createSmtpTransport(refusing.url, 'ahoy@example.org'), silent, {
    firstPauseMs: 1,
  });
  mailer.send(letter);
  await mailer.close();
  expect(refusing.received).toEqual([]);
});

async function startSmtpAgain(refusals: number[]): Promise<{ url: string; received: Email[] }> {
  const before = smtp;
  if (before) await new Promise<void>((resolve) => before.close(resolve));
  return startSmtp(refusals);
}

test('the log of a failed delivery does not name the recipient', async () => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const mailer = createMailQueue(createSmtpTransport('smtp://127.0.0.1:1', 'ahoy@example.org'), log, {
    attempts: 2,
    firstPauseMs: 1,
  });
  mailer.send(letter);
  await mailer.close();
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toMatch(/ann|confirm/);
});

test('a full queue drops and says so; closing waits for what is queued and takes nothing more', async () => {
  const gates: (() => void)[] = [];
  const delivered: string[] = [];
  const transport = {
    async deliver({ subject }: Letter) {
      await new Promise<void>((resolve) => gates.push(resolve));
      delivered.push(subject);
    },
    close: () => undefined,
  };
  const mailer = createMailQueue(transport, silent, { capacity: 1 });
  const sent = ['1', '2', '3', '4', '5'].map((subject) => mailer.send({ ...letter, subject }));
  expect(sent).toEqual([true, true, true, true, false]);
  const closed = mailer.close();
  expect(mailer.send(letter)).toBe(false);
  while (delivered.length < 4) {
    gates.shift()?.();
    await new Promise(setImmediate);
  }
  await closed;
  expect(delivered).toEqual(['1', '2', '3', '4']);
});

test('closing does not wait for a mail server that is away', async () => {
  const transport = { deliver: () => Promise.reject(new Error('away')), close: () => undefined };
  const mailer = createMailQueue(transport, silent, { firstPauseMs: 60_000, drainMs: 20 });
  mailer.send(letter);
  await mailer.close();
});

test('without SMTP letters become private files, and a terminal shows the link', async () => {
  const folder = join(root, 'mail');
  const printed: string[] = [];
  const mailer = createMailQueue(
    createFileTransport(folder, 'Ahoy <ahoy@localhost>', (line) => printed.push(line)),
    silent,
  );
  mailer.send(letter);
  mailer.send({ ...letter, subject: 'second' });
  await mailer.close();
  const files = (await readdir(folder)).sort();
  expect(files).toHaveLength(2);
  for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  const mails = await Promise.all(
    files.map(async (file) => PostalMime.parse(await readFile(join(folder, file)))),
  );
  expect(mails.map(({ subject }) => subject).sort()).toEqual(['second', letter.subject]);
  expect(printed[0]).toBe('Letter to ann@example.org: https://chat.example.org/confirm#abc');
});

test('an address that looks like a list is still one recipient', async () => {
  const { url, received } = await startSmtp();
  const mailer = createMailQueue(createSmtpTransport(url, 'ahoy@example.org'), silent, { attempts: 1 });
  mailer.send({ ...letter, to: 'ann@example.org, eve@example.org' });
  await mailer.close();
  expect(received.flatMap(({ to }) => to ?? []).length).toBeLessThanOrEqual(1);
});
