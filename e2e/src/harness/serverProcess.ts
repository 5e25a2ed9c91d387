import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './waitFor.ts';

/** A server in a process of its own. */
export interface ServerProcess {
  /** Where it listens. */
  readonly address: string;
  readonly pid: () => number | undefined;
  /** SIGKILL, as when the power goes. */
  readonly kill: () => Promise<void>;
  /** Starts again on the same port and data. */
  readonly start: () => Promise<void>;
  /** SIGTERM, and waits for the clean end. */
  readonly stop: () => Promise<void>;
}

const START_PATIENCE_MS = 40_000;
const COMPILE_CACHE = join(tmpdir(), 'ahoy-compile-cache');
const main = join(import.meta.dirname, '../../../server/src/main.ts');

/** Starts the real server with this environment; `port` 0 takes a free one and keeps it. */
export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  port = 0,
): Promise<ServerProcess> {
  let server = await launch({ ...env, PORT: String(port) });
  const { address } = server;
  const isRunning = () => server.child.exitCode === null && server.child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    const ended = once(server.child, 'exit');
    server.child.kill(signal);
    await ended;
  };
  return {
    address,
    pid: () => server.child.pid,
    kill: () => end('SIGKILL'),
    start: async () => {
      if (!isRunning()) server = await launch({ ...env, PORT: new URL(address).port });
    },
    stop: () => end('SIGTERM'),
  };
}

async function launch(env: Record<string, string>): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [main], {
    // Starts twice as fast, which counts where it is killed again and again.
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that ends in the middle leaves no server behind.
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-20_000);
    });
  }
  const { port } = await waitFor(
    'the server',
    () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The server ended at its start:\n${said}`);
      const listening = /Ahoy is at (https?:\/\/\S+)/.exec(said)?.[1];
      if (!listening) return undefined;
      // Behind a proxy it names the proxy's address; then its port was given.
      return env.PUBLIC_URL ? { port: env.PORT } : { port: new URL(listening).port };
    },
    START_PATIENCE_MS,
  );
  return { child, address: `http://127.0.0.1:${port}` };
}
