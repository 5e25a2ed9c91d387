import { readdir, readFile } from 'node:fs/promises';

const KB = 1024;

/** Bytes of memory that a process holds, its share of what it shares with others included (Linux). */
export async function memoryOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? Number.NaN) * KB;
}

/** The same of a process and all that it started. */
export async function memoryOfTree(pid: number): Promise<number> {
  const children = new Map<number, number[]>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // Processes come and go while they are listed.
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(/\) \w (\d+)/.exec(stat)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const sum = async (of: number): Promise<number> => {
    const parts = await Promise.all((children.get(of) ?? []).map(sum));
    const own = await memoryOf(of).catch(() => 0);
    return parts.reduce((total, part) => total + part, own);
  };
  return sum(pid);
}
