import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export type TestCoturn = {
  secret: string;
  port: number;
  tlsPort: number;
  /** Of the authority that its certificate for localhost and 127.0.0.1 is from: itself. */
  certificateFile: string;
  stop(): Promise<void>;
};

const SECRET = 'a secret of the tests';
export const RELAYS_PER_PERSON = 3;
const POLL_MS = 20;

/** Debian's coturn on loopback, with Ahoy's kind of credentials, UDP, TCP and TLS, and few relays per person. */
export async function startCoturn(): Promise<TestCoturn> {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-coturn-'));
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await makeCertificate(certificateFile, keyFile);
  const [port, tlsPort] = [await findFreePort(), await findFreePort()];
  const server = spawn(
    'turnserver',
    [
      ...['-n', '--use-auth-secret', `--static-auth-secret=${SECRET}`, '--realm=ahoy.test', '--fingerprint'],
      ...[
        '--listening-ip=127.0.0.1',
        '--relay-ip=127.0.0.1',
        `--user-quota=${RELAYS_PER_PERSON}`,
        '--no-dtls',
        '--no-cli',
      ],
      ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`],
      ...[`--cert=${certificateFile}`, `--pkey=${keyFile}`, '--log-file=stdout', '--simple-log'],
      ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users')}`],
    ],
    { stdio: 'ignore' },
  );
  const exited = once(server, 'exit');
  while (server.exitCode === null && !((await answers(port)) && (await answers(tlsPort))))
    await delay(POLL_MS);
  if (server.exitCode !== null) throw new Error('coturn ended at its start');
  return {
    ...{ secret: SECRET, port, tlsPort, certificateFile },
    async stop() {
      // Asked politely it waits for its sessions.
      server.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

function makeCertificate(certificateFile: string, keyFile: string) {
  return promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', certificateFile],
  ]);
}

/** A port of loopback where nothing listens. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
