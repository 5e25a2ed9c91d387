import { memoryOf } from './memory.ts';

const MB = 1024 * 1024;

/** What a server says of itself, and what the system says of it. */
export type ServerFigures = { memoryMb: number; heapMb: number; files: number; sockets: number };

/** Reads them by the server's own metrics; it has to run with METRICS_TOKEN. */
export async function readServerFigures(
  { url, pid }: { url: string; pid: number },
  token: string,
): Promise<ServerFigures> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`metrics were answered ${answer.status}`);
  return {
    memoryMb: (await memoryOf(pid)) / MB,
    heapMb: figureIn(text, 'nodejs_heap_size_used_bytes') / MB,
    files: figureIn(text, 'process_open_fds'),
    sockets:
      figureIn(text, 'ahoy_sockets{state="signed_in"}') + figureIn(text, 'ahoy_sockets{state="newcomer"}'),
  };
}

function figureIn(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? Number.NaN);
}
