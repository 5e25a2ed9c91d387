import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahoy-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  /** Everything said so far on the given stream. */
  said(stream: 'stdout' | 'stderr'): string;
  exited: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      texts[stream] += chunk;
    });
  }
  return {
    child,
    said: (stream) => texts[stream],
    exited: once(child, 'close').then(([code]) => code as number | null),
  };
}

test('without any configuration it starts, prints where it is, serves, and stops cleanly on SIGTERM', async () => {
  const started = start({});
  await expect.poll(() => started.said('stdout'), { timeout: 25_000 }).toMatch(/Ahoy is at http:\S+/);
  const url = /http:\/\/\S+/.exec(started.said('stdout'))?.[0];
  expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
  started.child.kill('SIGTERM');
  expect(await started.exited).toBe(0);
  expect(started.said('stderr')).toBe('');
});

test('a second Ctrl-C does not cut the clean stop short', async () => {
  const started = start({});
  await expect.poll(() => started.said('stdout'), { timeout: 25_000 }).toContain('Ahoy is at');
  started.child.kill('SIGINT');
  started.child.kill('SIGINT');
  expect(await started.exited).toBe(0);
});

test('a wrong value stops the start with one line that names it', async () => {
  const started = start({ PORT: 'http' });
  expect(await started.exited).toBe(1);
  expect(started.said('stderr')).toMatch(/^Ahoy does not start: PORT must be .*\n$/);
});

test('a taken port stops the start with one line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const started = start({ PORT: String(port) });
  expect(await started.exited).toBe(1);
  expect(started.said('stderr')).toBe(
    `Ahoy does not start: port ${port} is taken: stop the other program or set PORT\n`,
  );
  other.close();
});
