import { performance } from 'node:perf_hooks';

/** Connected pairs: `user ^ 1` is the other one of a pair. */
export type Load = {
  people: number;
  /** Resolves when the command is answered and the other one of the pair has the message. */
  send(user: number, text: string): Promise<void>;
  stop(): Promise<void>;
};

/** 100 characters, unlike any other message. */
export function uniqueText(user: number, count: number): string {
  return `${user}.${count}.`.padEnd(100, 'Ahoy there. ');
}

/** Messages that arrived per second, with one in flight per person. */
export async function throughput(load: Load, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let arrived = 0;
  await Promise.all(
    Array.from({ length: load.people }, async (_, user) => {
      for (let count = 0; performance.now() < end; count += 1) {
        await load.send(user, uniqueText(user, count + start));
        if (performance.now() <= end) arrived += 1;
      }
    }),
  );
  return arrived / seconds;
}

/** Milliseconds from the command to the other one's device, with one message in flight in all. */
export async function delays(load: Load, seconds: number): Promise<number[]> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  for (let count = 0; performance.now() < end; count += 1) {
    const user = count % load.people;
    const start = performance.now();
    await load.send(user, uniqueText(user, count + start));
    times.push(performance.now() - start);
  }
  return times;
}
