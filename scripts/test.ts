/** `npm test`: checks, builds and runs every suite; the last line adds up what passed and failed. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateCluster, startPrivateCluster } from './privateCluster.ts';
import { findPostgresBinaries, provideRequirements } from './requirements.ts';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

interface Suite {
  readonly title: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

const SUITE_TIMEOUT_MS = 600_000;
const repository = join(import.meta.dirname, '..');
const bin = join(repository, 'node_modules', '.bin');

const complaint = provideRequirements();
if (complaint) {
  console.error(complaint);
  process.exit(1);
}
process.exitCode = await testEverything();

async function testEverything(): Promise<number> {
  const start = performance.now();
  const reports = await mkdtemp(join(tmpdir(), 'ahoy-reports-'));
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error('There are no PostgreSQL binaries');
  const cluster = await startPrivateCluster(binaries);
  const interrupt = () => {
    void cluster.stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const outcomes: Outcome[] = [];
  try {
    outcomes.push(await runStep('check', 'node', [join(repository, 'scripts/check.ts')]));
    outcomes.push(await runStep('build', 'npm', ['run', 'build']));
    for (const suite of await listSuites(cluster)) outcomes.push(await runSuite(suite, reports));
    const lanes = (await listLanes(cluster)).map(async (lane) => {
      for (const suite of lane) outcomes.push(await runSuite(suite, reports, { isAlone: false }));
    });
    await Promise.all(lanes);
  } finally {
    await cluster.stop();
    await rm(reports, { recursive: true, force: true });
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\nAll suites in ${Math.round((performance.now() - start) / 1000)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

/** What keeps both cores busy by itself, one after another. */
async function listSuites(cluster: PrivateCluster): Promise<Suite[]> {
  return [
    { title: 'shared', folder: 'shared' },
    { title: 'server, embedded PostgreSQL', folder: 'server' },
    {
      title: "server, Debian's PostgreSQL",
      folder: 'server',
      env: { TEST_DATABASE_URL: await cluster.createDatabase('ahoy_server') },
    },
    { title: 'client', folder: 'client' },
    { title: 'scripts and deployment', folder: 'scripts' },
    {
      title: 'end to end, embedded PostgreSQL',
      folder: 'e2e',
      env: { AHOY_E2E_DATABASE: 'embedded' },
    },
    { title: 'end to end, calls and pushes', folder: 'e2e', env: { AHOY_E2E_SUITE: 'calls' } },
    { title: 'end to end, rooms', folder: 'e2e', env: { AHOY_E2E_SUITE: 'rooms' } },
  ];
}

/** Suites of one file at a time, which wait for what is cut, killed and found again: two lanes beside each other. */
async function listLanes(cluster: PrivateCluster): Promise<Suite[][]> {
  return [
    [
      { title: 'end to end, without a network', folder: 'e2e', env: { AHOY_E2E_SUITE: 'offline' } },
      { title: 'end to end, two servers behind Caddy', folder: 'e2e', env: { AHOY_E2E_SUITE: 'two' } },
    ],
    [
      { title: 'killed processes', folder: 'e2e', env: { AHOY_E2E_SUITE: 'kills' } },
      {
        title: "end to end, Debian's PostgreSQL",
        folder: 'e2e',
        env: { AHOY_E2E_DATABASE: 'postgres', DATABASE_URL: await cluster.createDatabase('ahoy_e2e') },
      },
    ],
  ];
}

/** One command counts as one test. */
async function runStep(title: string, command: string, args: readonly string[]): Promise<Outcome> {
  const { code, seconds } = await execute(title, command, args);
  if (code === 0) return settle(title, { passed: 1, failed: 0 }, seconds);
  return settle(title, { passed: 0, failed: 1 }, seconds);
}

/** A suite that fails beside its tests (a crash, no test files, a timeout) counts as one failure more. */
async function runSuite(suite: Suite, reports: string, { isAlone = true } = {}): Promise<Outcome> {
  const name = join(reports, suite.title.replace(/\W+/g, '-'));
  const report = `${name}.json`;
  const { code, seconds } = await execute(
    suite.title,
    join(bin, 'vitest'),
    [
      'run',
      '--root',
      join(repository, suite.folder),
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    suite.env,
    isAlone ? undefined : `${name}.log`,
  );
  const { passed, failed } = await readReport(report);
  return settle(suite.title, { passed, failed: code !== 0 && failed === 0 ? 1 : failed }, seconds);
}

function settle(title: string, outcome: Outcome, seconds: number): Outcome {
  const word = outcome.failed ? 'FAIL' : 'ok';
  console.log(`== ${word}: ${title}: ${outcome.passed} passed, ${outcome.failed} failed, ${seconds} s`);
  return outcome;
}

async function readReport(path: string): Promise<Outcome> {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const report: unknown = JSON.parse(await readFile(path, 'utf8'));
  return { passed: countIn(report, 'numPassedTests'), failed: countIn(report, 'numFailedTests') };
}

function countIn(report: unknown, name: string): number {
  const value = Object.entries(report ?? {}).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : 0;
}

/**
 * Runs a command and shows its output: as it comes, or, with a file to keep it in, whole at the end. After the timeout
 * the command and all it started are ended.
 */
async function execute(
  title: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  logFile?: string,
): Promise<{ code: number; seconds: number }> {
  if (!logFile) console.log(`\n== ${title}`);
  const start = performance.now();
  const log = logFile ? openSync(logFile, 'w') : 'inherit';
  const child = spawn(command, args, {
    cwd: repository,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  const endGroup = () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => {
    console.log(`${title} took longer than ${SUITE_TIMEOUT_MS / 1000} s and is ended`);
    endGroup();
  }, SUITE_TIMEOUT_MS);
  process.once('exit', endGroup);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  clearTimeout(timer);
  process.off('exit', endGroup);
  endRest(child.pid);
  if (logFile) console.log(`\n== ${title}\n${await readFile(logFile, 'utf8')}`);
  if (typeof log === 'number') closeSync(log);
  return { code, seconds: Math.round((performance.now() - start) / 1000) };
}

/** What a suite left behind, as one does whose test ran out of time, must not slow down the next. */
function endRest(group: number | undefined): void {
  try {
    if (group) process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
