export type Work<About> = {
  /** Of what it is about: asked for again while it waits, it is done once. */
  key: string;
  /** One at a time of each. */
  lane: number;
  isUrgent: boolean;
  about: About;
};

export type WorkQueue<About> = {
  /** Answers what the work came to, or false where there is no room for it. */
  add(work: Work<About>): Promise<boolean>;
  size(): number;
  /** Gives up what waits, and waits for what is under way. */
  close(): Promise<void>;
};

type Entry<About> = Work<About> & {
  isRunning: boolean;
  isAgain: boolean;
  promise: Promise<boolean>;
  settle(is: boolean): void;
};

const CAPACITY = 10_000;
const PARALLEL = 32;
/** So many of them may be other than urgent. */
const PATIENT_SHARE = 24;

/**
 * Bounded work in memory, in order for each lane, the urgent first. What finds no room is not lost where it stands in a
 * table that is looked through again. `run` does not throw.
 */
export function createWorkQueue<About>(
  run: (about: About) => Promise<boolean>,
  { capacity = CAPACITY, parallel = PARALLEL, patientShare = PATIENT_SHARE } = {},
): WorkQueue<About> {
  const entries = new Map<string, Entry<About>>();
  const busyLanes = new Set<number>();
  /** By key, in the order in which they came. */
  const urgent = new Map<string, Entry<About>>();
  const patient = new Map<string, Entry<About>>();
  const running = new Set<Promise<void>>();
  let patientRunning = 0;
  let isClosed = false;

  function pump(): void {
    while (running.size < parallel) {
      const next = findFree(urgent) ?? (patientRunning < patientShare ? findFree(patient) : undefined);
      if (!next) return;
      start(next);
    }
  }

  function findFree(list: Map<string, Entry<About>>): Entry<About> | undefined {
    for (const entry of list.values()) if (!busyLanes.has(entry.lane)) return entry;
    return undefined;
  }

  function start(entry: Entry<About>): void {
    urgent.delete(entry.key);
    patient.delete(entry.key);
    entry.isRunning = true;
    busyLanes.add(entry.lane);
    if (!entry.isUrgent) patientRunning += 1;
    const done = finish(entry).then(() => {
      running.delete(done);
      busyLanes.delete(entry.lane);
      if (!entry.isUrgent) patientRunning -= 1;
      pump();
    });
    running.add(done);
  }

  async function finish(entry: Entry<About>): Promise<void> {
    let is = await run(entry.about);
    while (entry.isAgain && !isClosed) {
      entry.isAgain = false;
      is = await run(entry.about);
    }
    entries.delete(entry.key);
    entry.settle(is);
  }

  return {
    size: () => entries.size,
    add(work) {
      const known = entries.get(work.key);
      if (known) {
        known.isAgain ||= known.isRunning;
        return known.promise;
      }
      if (isClosed || entries.size >= capacity) return Promise.resolve(false);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const entry: Entry<About> = { ...work, isRunning: false, isAgain: false, promise, settle: resolve };
      entries.set(work.key, entry);
      (work.isUrgent ? urgent : patient).set(work.key, entry);
      pump();
      return promise;
    },
    async close() {
      isClosed = true;
      for (const entry of [...urgent.values(), ...patient.values()]) entry.settle(false);
      urgent.clear();
      patient.clear();
      await Promise.all(running);
    },
  };
}
