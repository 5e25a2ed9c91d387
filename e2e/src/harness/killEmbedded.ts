import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ahoy } from './startAhoy.ts';

/** SIGKILL to the server and to all of its PostgreSQL at once. */
export async function killWithDatabase(ahoy: Ahoy): Promise<void> {
  const pids = await processesIn(join(ahoy.dataDir, 'postgres/cluster'));
  const killed = ahoy.kill();
  for (const pid of pids) killIfThere(pid);
  await killed;
}

/** PostgreSQL's processes work in their cluster's folder. */
async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index] === folder);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
