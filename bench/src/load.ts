import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** Connected pairs: `user ^ 1` is the other one of a pair. */
export type Load = {
  people: number;
  /** Of the server that is measured. */
  pid: number;
  /** Resolves when the command is answered and the other one of the pair has the message. */
  send(user: number, text: string): Promise<void>;
  stop(): Promise<void>;
};

/** Nobody sends faster than the server's bound of requests per person allows. */
const MIN_INTERVAL_MS = 10;

/** 100 characters, unlike any other message. */
export function uniqueText(user: number, count: number): string {
  return `${user}.${count}.`.padEnd(100, 'Ahoy there. ');
}

/** Messages that arrived per second, with one in flight per person. */
export async function throughput(load: Load, seconds: number): Promise<number> {
  const times = await sendAlong(
    load,
    Array.from({ length: load.people }, (_, user) => [user]),
    seconds,
  );
  return times.length / seconds;
}

/** Milliseconds from the command to the other one's device, with one message in flight per pair. */
export function delays(load: Load, seconds: number): Promise<number[]> {
  const pairs = Array.from({ length: load.people / 2 }, (_, pair) => [pair * 2, pair * 2 + 1]);
  return sendAlong(load, pairs, seconds);
}

/** Those of a line send in turn, one message at a time; the lines beside each other. Returns how long each took. */
async function sendAlong(load: Load, lines: number[][], seconds: number): Promise<number[]> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const times: number[] = [];
  await Promise.all(
    lines.map(async (users) => {
      for (let count = 0; performance.now() < end; count += 1) {
        const user = users[count % users.length] ?? 0;
        const start = performance.now();
        await load.send(user, uniqueText(user, count + begin));
        const now = performance.now();
        if (now <= end) times.push(now - start);
        const wait = MIN_INTERVAL_MS / users.length - (now - start);
        if (wait > 1) await pause(wait);
      }
    }),
  );
  return times;
}
