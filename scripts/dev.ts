/** `npm run dev`: the server, started anew on every change, and Vite with hot reload in front of it; Ctrl-C ends both. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const KILL_AFTER_MS = 10_000;
const repository = join(import.meta.dirname, '..');
const serverPort = process.env.PORT ?? '3000';
const clientPort = process.env.CLIENT_PORT ?? '5173';

const env = {
  ...process.env,
  PORT: serverPort,
  HOST: process.env.HOST ?? '127.0.0.1',
  AHOY_SERVER: `http://127.0.0.1:${serverPort}`,
  PUBLIC_URL: process.env.PUBLIC_URL ?? `http://localhost:${clientPort}`,
};
const children: ChildProcess[] = [
  start(
    process.execPath,
    ['--watch', '--watch-preserve-output', join(repository, 'server/src/main.ts')],
    repository,
  ),
  start(
    join(repository, 'node_modules/.bin/vite'),
    ['--port', clientPort, '--strictPort'],
    join(repository, 'client'),
  ),
];
process.once('SIGINT', () => end());
process.once('SIGTERM', () => end());

function start(command: string, args: readonly string[], cwd: string): ChildProcess {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  child.once('error', (error) => {
    console.error(error.message);
    end(1);
  });
  child.once('exit', (code) => end(code ?? 0));
  return child;
}

/** Ends both; whichever ends first takes the other along. */
function end(code = 0): void {
  process.exitCode ||= code;
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
  for (const child of running) child.kill('SIGTERM');
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, KILL_AFTER_MS).unref();
}
