import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './waitFor.ts';

export interface CoturnWish {
  /** Where it listens and relays; loopback by default. */
  readonly address?: string;
  /** The network namespace that it runs in. */
  readonly namespace?: string;
}

export interface Coturn {
  /** What Ahoy is to be started with. */
  readonly env: { readonly STUN_URLS: string; readonly TURN_URLS: string; readonly TURN_SECRET: string };
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** What it said until now: sessions, users, refusals. */
  readonly log: () => string;
  /** Kills it, and starts it anew: all relays are gone. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const SECRET = 'a secret of the tests alone';
/** Below the ports that systems give to whoever asks for none. */
const PORTS = { from: 20_000, to: 32_000 };
const RANDOM_TRIES = 20;

/** Debian's coturn with Ahoy's kind of credentials, over UDP and TCP, without TLS. */
export async function startCoturn({ address = '127.0.0.1', namespace }: CoturnWish = {}): Promise<Coturn> {
  // In a namespace of its own nobody else has ports.
  const port = namespace ? PORTS.from : await findTurnPort(address);
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-coturn-'));
  const flags = [
    ...['-n', '--use-auth-secret', `--static-auth-secret=${SECRET}`, '--fingerprint'],
    ...[
      '--realm=ahoy.test',
      `--listening-ip=${address}`,
      `--relay-ip=${address}`,
      `--listening-port=${port}`,
    ],
    ...['--allow-loopback-peers', '--no-tls', '--no-dtls', '--no-cli', '--no-software-attribute'],
    ...['--verbose', '--log-file=stdout', '--simple-log'],
    ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users')}`],
  ];
  const within = namespace ? ['ip', 'netns', 'exec', namespace] : [];
  const [command = '', ...args] = [...within, 'turnserver', ...flags];
  let server: ChildProcess | undefined;
  let said = '';
  const endWithUs = () => server?.kill('SIGKILL');
  process.once('exit', endWithUs);
  async function kill(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // Asked politely it waits for its sessions.
    server.kill('SIGKILL');
    await ended;
  }
  async function launch(): Promise<void> {
    const begun = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    server = begun;
    let own = '';
    for (const stream of [begun.stdout, begun.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        own += chunk;
        said += chunk;
      });
    }
    await waitFor('coturn', () => {
      if (begun.exitCode !== null) throw new Error(`coturn ended at its start:\n${own}`);
      return own.includes('UDP listener opened') && own.includes('TCP listener opened');
    });
  }
  const stop = async () => {
    process.off('exit', endWithUs);
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await launch();
  } catch (error) {
    await stop();
    throw error;
  }
  const at = `${address}:${port}`;
  return {
    env: {
      STUN_URLS: `stun:${at}`,
      TURN_URLS: `turn:${at}?transport=udp,turn:${at}?transport=tcp`,
      TURN_SECRET: SECRET,
    },
    ...{ secret: SECRET, host: address, port, log: () => said, stop },
    async restart() {
      await kill();
      await launch();
    },
  };
}

/** A port that is free for UDP and TCP. */
async function findTurnPort(address: string): Promise<number> {
  for (let attempt = 0; attempt < RANDOM_TRIES; attempt += 1) {
    const port = randomInt(PORTS.from, PORTS.to);
    if ((await isFreeForUdp(address, port)) && (await isFreeForTcp(address, port))) return port;
  }
  throw new Error(`No port is free from ${PORTS.from} to ${PORTS.to}`);
}

function isFreeForUdp(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

function isFreeForTcp(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
