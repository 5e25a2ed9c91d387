import type { PostAnswer } from '../../http/guardedPost.ts';

/** What became of a push. `expired`: its time ran out while it waited; `dropped`: there were too many, or it was replaced. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'failed' | 'expired' | 'dropped';

export type PushJob = {
  /** Pushes to one device keep their order. */
  endpoint: string;
  /** Milliseconds of the epoch; after this nothing is tried any more. */
  expiresAt: number;
  /** A waiting one with the same word, to the same device, gives way to this one. */
  replaces?: string;
  /** Encrypts and posts; `null`: it is no longer wanted. */
  send(): Promise<PostAnswer | null>;
  onOutcome(outcome: PushOutcome, status: number): void;
};

export type PushQueue = {
  add(job: PushJob): void;
  size(): number;
  /** Gives up what waits, and waits for what is on its way. */
  close(): Promise<void>;
};

export type PushQueueOptions = {
  /** Three quarters of it for one service at most. */
  capacity?: number;
  perEndpoint?: number;
  parallel?: number;
  /** A service that hangs holds up its own pushes only. */
  parallelPerHost?: number;
  firstPauseMs?: number;
  attempts?: number;
};

type Waiting = PushJob & { attempt: number };
type Lane = { host: string; jobs: Waiting[]; isBusy: boolean; timer?: NodeJS.Timeout };

const SHARE_OF_HOST = 0.75;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** A bounded queue in memory: a few posts at a time, one per device, again after a pause where the service asks for it. */
export function createPushQueue(options: PushQueueOptions = {}): PushQueue {
  const { capacity = 20_000, perEndpoint = 16, parallel = 64, parallelPerHost = 32 } = options;
  const { firstPauseMs = 1_000, attempts = 6 } = options;
  const lanes = new Map<string, Lane>();
  /** Lanes that may send now, by their host, in the order in which they became ready. */
  const ready = new Map<string, Lane[]>();
  const running = new Map<string, number>();
  /** Jobs of each host. */
  const sizes = new Map<string, number>();
  const working = new Set<Promise<void>>();
  let size = 0;
  let isClosed = false;

  function settle(job: Waiting, outcome: PushOutcome, status = 0): void {
    size -= 1;
    const { host } = new URL(job.endpoint);
    const left = (sizes.get(host) ?? 1) - 1;
    if (left > 0) sizes.set(host, left);
    else sizes.delete(host);
    job.onOutcome(outcome, status);
  }

  function makeReady(lane: Lane): void {
    const list = ready.get(lane.host);
    if (list) list.push(lane);
    else ready.set(lane.host, [lane]);
    pump();
  }

  function pump(): void {
    for (const [host, list] of ready) {
      while (list.length > 0 && working.size < parallel && (running.get(host) ?? 0) < parallelPerHost) {
        const lane = list.shift();
        const job = lane?.jobs[0];
        if (!lane || !job) continue;
        lane.isBusy = true;
        running.set(host, (running.get(host) ?? 0) + 1);
        const work = attempt(lane, job).finally(() => {
          working.delete(work);
          const left = (running.get(host) ?? 1) - 1;
          if (left > 0) running.set(host, left);
          else running.delete(host);
          pump();
        });
        working.add(work);
      }
      if (list.length === 0) ready.delete(host);
    }
  }

  async function attempt(lane: Lane, job: Waiting): Promise<void> {
    job.attempt += 1;
    const answer: PostAnswer | null | 'expired' =
      Date.now() >= job.expiresAt
        ? 'expired'
        : await job.send().catch(() => ({ status: 0, retryAfterMs: null }));
    lane.isBusy = false;
    const pauseMs = answer && answer !== 'expired' ? pauseBefore(job, answer) : null;
    if (pauseMs !== null && !isClosed && lane.jobs[0] === job) {
      lane.timer = setTimeout(() => {
        lane.timer = undefined;
        makeReady(lane);
      }, pauseMs);
      return;
    }
    // It may have given way to a newer one meanwhile, and then has its outcome.
    if (lane.jobs[0] === job) {
      lane.jobs.shift();
      if (answer === 'expired') settle(job, 'expired');
      else if (answer === null) settle(job, 'dropped');
      else settle(job, outcomeOf(answer.status), answer.status);
    }
    if (lane.jobs.length > 0) makeReady(lane);
    else lanes.delete(job.endpoint);
  }

  /** How long to wait before the next attempt, or null where there is none. */
  function pauseBefore(job: Waiting, { status, retryAfterMs }: PostAnswer): number | null {
    if (!isForNow(status) || job.attempt >= attempts) return null;
    const backoff = firstPauseMs * 2 ** (job.attempt - 1) * (0.75 + Math.random() / 2);
    const pauseMs = Math.max(retryAfterMs ?? 0, Math.min(LONGEST_PAUSE_MS, backoff));
    return Date.now() + pauseMs < job.expiresAt ? pauseMs : null;
  }

  return {
    size: () => size,
    add(job) {
      const { host } = new URL(job.endpoint);
      const ofHost = (sizes.get(host) ?? 0) + 1;
      size += 1;
      sizes.set(host, ofHost);
      const waiting: Waiting = { ...job, attempt: 0 };
      // A service that hangs must not take the place of the others.
      if (isClosed || size > capacity || ofHost > capacity * SHARE_OF_HOST) return settle(waiting, 'dropped');
      const lane = lanes.get(job.endpoint) ?? { host, jobs: [], isBusy: false };
      const isNew = lane.jobs.length === 0;
      lanes.set(job.endpoint, lane);
      for (const old of removeReplaced(lane, waiting, perEndpoint)) settle(old, 'dropped');
      lane.jobs.push(waiting);
      // One that waits for another attempt was replaced: its successor need not wait as long, but keeps to the pause.
      if (isNew && !lane.isBusy && !lane.timer) makeReady(lane);
    },
    async close() {
      isClosed = true;
      ready.clear();
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer);
        for (const job of lane.jobs.splice(lane.isBusy ? 1 : 0)) settle(job, 'dropped');
      }
      await Promise.all(working);
    },
  };
}

/** Takes out what gives way to a new job, and the oldest where too many wait; never the one on its way. */
function removeReplaced(lane: Lane, job: Waiting, most: number): Waiting[] {
  const first = lane.isBusy ? 1 : 0;
  const removed = lane.jobs.filter(
    (old, at) => at >= first && job.replaces !== undefined && old.replaces === job.replaces,
  );
  lane.jobs = lane.jobs.filter((old) => !removed.includes(old));
  while (lane.jobs.length >= most && lane.jobs.length > first) removed.push(...lane.jobs.splice(first, 1));
  return removed;
}

/** What may well be otherwise a little later. */
function isForNow(status: number): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return isForNow(status) ? 'failed' : 'refused';
}
