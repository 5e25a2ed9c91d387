import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** As Linux counts on all its machines; and where, in the fields from the parent on (proc(5)). */
const TICKS_PER_SECOND = 100;
const UTIME = 10;
const STIME = 11;

/** Percent of one core that the browsers started by this process use, over so many seconds (Linux). */
export async function browserCpu(seconds: number): Promise<number> {
  const [before, start] = [await ticksOfBrowsers(), performance.now()];
  await pause(seconds * 1_000);
  const ticks = (await ticksOfBrowsers()) - before;
  return (100 * ticks) / TICKS_PER_SECOND / ((performance.now() - start) / 1_000);
}

async function ticksOfBrowsers(): Promise<number> {
  type Process = { parent: number; isBrowser: boolean; ticks: number };
  const processes = new Map<number, Process>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // Processes come and go while they are listed.
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const [, name = '', rest = ''] = /\((.*)\) \S (.*)$/s.exec(stat) ?? [];
    const fields = rest.split(' ').map(Number);
    const ticks = (fields[UTIME] ?? 0) + (fields[STIME] ?? 0);
    processes.set(Number(entry), { parent: fields[0] ?? 0, isBrowser: name.startsWith('chrom'), ticks });
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid === process.pid || (pid !== undefined && pid > 1 && isOurs(processes.get(pid)?.parent));
  return [...processes].reduce(
    (sum, [pid, { isBrowser, ticks }]) => sum + (isBrowser && isOurs(pid) ? ticks : 0),
    0,
  );
}
