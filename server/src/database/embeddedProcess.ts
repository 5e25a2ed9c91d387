import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NOBODY = '65534';

/**
 * PostgreSQL refuses to run as root. A user namespace shows it another user while its files stay root's, so that it
 * works below folders that only root may enter.
 */
export function asOrdinaryUser(command: string, args: string[]): { command: string; args: string[] } {
  if (process.getuid?.() !== 0) return { command, args };
  return {
    command: 'unshare',
    args: ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, command, ...args],
  };
}

/** The environment of PostgreSQL: nothing of ours, so that no PG* variable or locale changes what it does. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** Whether the number belongs to any process, be it a zombie or a stranger's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the process lives (a zombie does not) and is a PostgreSQL of this cluster, whose folder it works in. */
export async function isPostgresOf(cluster: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') return (await workingFolder(pid)) === cluster;
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,command=', '-p', String(pid)]);
    return !stdout.trimStart().startsWith('Z') && stdout.includes(cluster);
  } catch {
    // ps fails when there is no such process.
    return false;
  }
}

/** Whether any process, such as a backend that outlived its postmaster, still works in the cluster. */
export async function hasProcessesIn(cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => workingFolder(Number(pid))));
  return folders.includes(cluster);
}

/** What postmaster.pid says. */
export async function readPostmasterPid(
  cluster: string,
): Promise<{ pid: number; socketFolder: string } | undefined> {
  let text: string;
  try {
    text = await readFile(`${cluster}/postmaster.pid`, 'utf8');
  } catch {
    // Absent: nobody runs.
    return undefined;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, socketFolder: lines[4]?.trim() ?? '' } : undefined;
}

async function workingFolder(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    // Gone, a zombie, or another user's: in no case ours.
    return undefined;
  }
}
