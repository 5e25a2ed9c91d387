import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from './privateCluster.ts';
import { endProcess, until } from './testProcesses.ts';
import { signTurnCredentials, TurnClient, type TurnCredentials } from './turnClient.ts';

const coturn = join(import.meta.dirname, '../coturn');
const run = promisify(execFile);
const secret = 'a secret of the test';
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
const PUBLIC_ADDRESS = '198.51.100.7';

describe('coturn with start.sh and turnserver.conf', () => {
  let folder: string;
  let server: ChildProcess;
  let port: number;
  let tlsPort: number;
  let log = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ahoy-coturn-'));
    await mkdir(join(folder, 'authority/chat.test'), { recursive: true });
    await makeCertificate();
    [port, tlsPort] = [await findFreePort(), await findFreePort()];
    server = spawn(
      'sh',
      [
        join(coturn, 'start.sh'),
        ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`],
        ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
        ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users')}`],
      ],
      {
        env: {
          ...process.env,
          ...{
            DOMAIN: 'chat.test',
            TURN_SECRET: secret,
            EXTERNAL_IP: PUBLIC_ADDRESS,
            INTERNAL_IP: '127.0.0.1',
          },
          ...{
            CERTIFICATES: folder,
            TURN_CONFIG: join(coturn, 'turnserver.conf'),
            CERTIFICATE_CHECK_SECONDS: '1',
          },
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log += chunk;
      });
    }
    await until(async () => (await open()).destroy());
  });

  afterAll(async () => {
    await endProcess(server);
    await rm(folder, { recursive: true, force: true });
  });

  /** A certificate where Caddy would put it. */
  async function makeCertificate(): Promise<void> {
    const name = join(folder, 'authority/chat.test/chat.test');
    await run('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ],
      ...[
        '-subj',
        '/CN=chat.test',
        '-addext',
        'subjectAltName=DNS:chat.test,IP:127.0.0.1',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.crt`,
      ],
    ]);
  }

  function readCertificate(): Promise<Buffer> {
    return readFile(join(folder, 'authority/chat.test/chat.test.crt'));
  }

  function open(): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    return opened(socket, 'connect');
  }

  async function openTls() {
    const socket = connectTls({
      port: tlsPort,
      host: '127.0.0.1',
      ca: await readCertificate(),
      servername: 'chat.test',
    });
    return await opened(socket, 'secureConnect');
  }

  async function client(credentials: TurnCredentials): Promise<TurnClient> {
    const socket = await open();
    onTestFinished(() => {
      socket.destroy();
    });
    return new TurnClient(socket, credentials);
  }

  it('takes every line of the configuration', () => {
    expect(log).not.toMatch(/bad configuration|unknown argument|cannot find|error/i);
  });

  it('gives a relay to credentials that Ahoy would sign', async () => {
    const turn = await client(signTurnCredentials(secret, 'anna', inAnHour()));
    const { errorCode, relay } = await turn.allocate();
    expect(errorCode).toBe(0);
    const [address, relayPort] = relay?.split(':') ?? [];
    expect(address).toBe(PUBLIC_ADDRESS);
    expect(Number(relayPort)).toBeGreaterThanOrEqual(49_160);
    expect(Number(relayPort)).toBeLessThanOrEqual(49_999);
  });

  it('gives a relay over TLS', async () => {
    const socket = await openTls();
    onTestFinished(() => {
      socket.destroy();
    });
    const turn = new TurnClient(socket, signTurnCredentials(secret, 'anna', inAnHour()));
    expect((await turn.allocate()).errorCode).toBe(0);
  });

  it.each([
    ['another secret', signTurnCredentials('another secret', 'anna', inAnHour())],
    ['an end in the past', signTurnCredentials(secret, 'anna', inAnHour() - 7200)],
    ['an invented password', { username: `${inAnHour()}:anna`, credential: 'invented' }],
    [
      'a moved end',
      { ...signTurnCredentials(secret, 'anna', inAnHour()), username: `${inAnHour() + 99}:anna` },
    ],
  ])('refuses %s', async (_, credentials) => {
    const turn = await client(credentials);
    expect(await turn.allocate()).toEqual({ errorCode: 401, relay: undefined });
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.2',
    '169.254.169.254',
    '172.30.77.2',
    '192.168.1.1',
    '224.0.0.1',
  ])('never relays to %s', async (address) => {
    const turn = await client(signTurnCredentials(secret, 'anna', inAnHour()));
    await turn.allocate();
    expect((await turn.permit(address)).errorCode).toBe(403);
  });

  it('relays to public addresses', async () => {
    const turn = await client(signTurnCredentials(secret, 'anna', inAnHour()));
    await turn.allocate();
    expect((await turn.permit('9.9.9.9')).errorCode).toBe(0);
  });

  it('gives one person no more relays than the quota', async () => {
    const quota = Number(
      /^user-quota=(\d+)$/m.exec(await readFile(join(coturn, 'turnserver.conf'), 'utf8'))?.[1],
    );
    const answers: number[] = [];
    for (let asked = 0; asked <= quota; asked += 1) {
      const turn = await client(signTurnCredentials(secret, 'greedy', inAnHour()));
      answers.push((await turn.allocate()).errorCode);
    }
    expect(answers).toEqual([...Array<number>(quota).fill(0), 486]);
    const other = await client(signTurnCredentials(secret, 'modest', inAnHour()));
    expect((await other.allocate()).errorCode).toBe(0);
  });

  it("is found well by the operator's own test, by UDP, TCP and TLS", async () => {
    const urls = [
      `turn:127.0.0.1:${port}?transport=udp`,
      `turn:127.0.0.1:${port}?transport=tcp`,
      `turns:127.0.0.1:${tlsPort}?transport=tcp`,
    ];
    const { stdout } = await run('npm', ['run', '--silent', 'turn-check'], {
      cwd: join(import.meta.dirname, '..'),
      env: {
        ...process.env,
        ...{ TURN_URLS: urls.join(','), TURN_SECRET: secret },
        NODE_EXTRA_CA_CERTS: join(folder, 'authority/chat.test/chat.test.crt'),
      },
    });
    const ok = (url: string) => expect.stringContaining(`ok      ${url}  relay ${PUBLIC_ADDRESS}:`);
    expect(stdout.trimEnd().split('\n')).toEqual(urls.map(ok));
  });

  it('takes up a renewed certificate while it runs', async () => {
    await makeCertificate();
    const renewed = new X509Certificate(await readCertificate()).serialNumber;
    const shown = await until(async () => {
      const socket = await openTls();
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    });
    expect(shown).toBe(renewed);
  });
});

function opened<T extends Socket>(socket: T, event: 'connect' | 'secureConnect'): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve(socket)).once('error', reject);
  });
}
