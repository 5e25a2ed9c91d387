import type { notifications } from '@ahoy/shared/protocol/notifications.contract.ts';
import type { PushDevice } from '@ahoy/shared/protocol/notifications.ts';
import type { ContractRouterClient } from '@orpc/contract';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import { toFailure } from './failure.ts';
import {
  type PushBrowser,
  PushFailure,
  type PushObstacle,
  type PushSubscriptionHeld,
} from './pushBrowser.ts';
import { forgetPush, NOTHING_REMEMBERED, type PushMemory, recallPush, rememberPush } from './pushMemory.ts';

export type PushStanding =
  | PushObstacle
  | 'off'
  /** The browser's question is open, or the subscription is being made. */
  | 'asking'
  | 'denied'
  | 'on'
  /** Was on; the browser took it away, and it could not be had again without the person. */
  | 'lost'
  /** Whoever runs the server has not set it up. */
  | 'serverOff';

/** `refused`: the server knows no such push service. `server`: it could not be asked. */
export type PushProblem = PushFailure['problem'] | 'vanished' | 'refused' | 'server';

export type PushDeviceState = {
  state: PushStanding;
  /** What the server knows of this device; null while it is not on. */
  device: PushDevice | null;
  problem: PushProblem | null;
  /** The person wants it on, whether or not it is. */
  isWanted: boolean;
  /** Notifications are off although they were on, and the person has not seen that yet. */
  isLossNews: boolean;
  /** The person has used the app, and may be asked whether it may ring when it is closed. */
  isQuestionDue: boolean;
};

/** Pushing to this device, from the permission to the server's record. Never rejects: what fails is in the state. */
export type PushDeviceBook = {
  store: ReadonlyStore<PushDeviceState>;
  /** Switches it on; only directly after a person's action, because the browser asks. */
  ask: () => Promise<void>;
  turnOff: () => Promise<void>;
  /** Compares browser and server anew. */
  check: () => Promise<void>;
  /** The person has seen that notifications are off. */
  acknowledgeLoss: () => void;
  /** The person does not want to be asked now: not for 30 days. */
  notNow: () => void;
};

export type PushDevicePart = PushDeviceBook & {
  /** This person has signed in, or is known to be. */
  enter: (userId: string) => void;
  /** Nobody is signed in any more; the browser's subscription ends with that. */
  leave: (endedBy: 'user' | 'server' | null) => void;
  /** The server can be reached: what could not be asked before is asked now. */
  connected: () => void;
  /** The page is looked at again: not every browser tells of a changed permission. */
  look: () => void;
  /** A message was written, or a call begun. */
  noteUse: () => void;
  stop: () => void;
};

type PushApi = Pick<ContractRouterClient<typeof notifications>, 'device' | 'subscribe' | 'unsubscribe'>;

export type PushDeviceOptions = {
  api: () => PushApi;
  browser: PushBrowser;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Runs one at a time across tabs and the worker. */
  withLock: <T>(task: () => Promise<T>) => Promise<T>;
  now: () => number;
};

const NOT_NOW_MS = 30 * 24 * 60 * 60 * 1_000;
const NEVER = Number.MAX_SAFE_INTEGER;

type Outcome = Pick<PushDeviceState, 'state' | 'device' | 'problem'>;
type Known = Awaited<ReturnType<PushApi['device']>>;

export function createPushDevice(options: PushDeviceOptions): PushDevicePart {
  const { browser, storage } = options;
  let userId: string | null = null;
  let memory: PushMemory = NOTHING_REMEMBERED;
  /** Somebody wrote before it was settled who is signed in: the copy shows the chats earlier. */
  let isUsedEarly = false;
  let hasAsked = false;
  let seenPermission: NotificationPermission | null = null;
  /** Goes up whenever somebody enters or leaves: answers to the one before are dropped. */
  let era = 0;
  const store = createStore<PushDeviceState>(() => ({ ...told(atRest()) }));
  const stopListening = browser.obstacle() ? () => undefined : browser.onPermission(() => look());

  function told(outcome: Outcome): PushDeviceState {
    const { isWanted, isLossSeen, isUsed, askAfter } = memory;
    return {
      ...{ ...outcome, isWanted },
      isLossNews: outcome.state === 'lost' && !isLossSeen,
      isQuestionDue:
        outcome.state === 'off' && outcome.problem === null && isUsed && options.now() >= askAfter,
    };
  }

  function remember(change: Partial<PushMemory>): void {
    // Another tab may have changed it.
    memory = { ...(userId === null ? memory : recallPush(storage, userId)), ...change };
    if (userId !== null) rememberPush(storage, userId, memory);
    const { state, device, problem } = store.getState();
    store.setState(told({ state, device, problem }));
  }

  function settle(outcome: Outcome): void {
    store.setState(told(outcome));
    // A next loss is news again.
    if (outcome.state === 'on' && memory.isLossSeen) remember({ isLossSeen: false });
  }

  /** What can be said before anybody was asked. */
  function atRest(): Outcome {
    const obstacle = browser.obstacle();
    const nothing = { device: null, problem: null };
    if (obstacle) return { state: obstacle, ...nothing };
    const isDenied = browser.permission() === 'denied';
    if (!memory.isWanted) return { state: isDenied ? 'denied' : 'off', ...nothing };
    if (browser.permission() === 'granted') return { state: 'on', ...nothing };
    return lost(isDenied ? 'denied' : 'vanished');
  }

  function lost(problem: PushProblem): Outcome {
    return { state: 'lost', device: null, problem };
  }

  /** Runs for the one who is signed in now; an outcome that comes too late is dropped. */
  async function run(task: () => Promise<Outcome>): Promise<void> {
    const own = era;
    if (userId === null) return;
    await options.withLock(async () => {
      if (own !== era || userId === null) return;
      memory = recallPush(storage, userId);
      const outcome = await task();
      if (own === era) settle(outcome);
    });
  }

  async function compare(): Promise<Outcome> {
    if (browser.obstacle()) return atRest();
    seenPermission = browser.permission();
    let known: Known;
    try {
      known = await options.api().device({});
    } catch (error) {
      const rest = atRest();
      return { ...rest, problem: rest.problem ?? problemOf(error) };
    }
    hasAsked = true;
    if (!known.publicKey) return { state: 'serverOff', device: null, problem: null };
    if (!memory.isWanted && !known.device) return atRest();
    remember({ isWanted: true });
    if (browser.permission() !== 'granted') {
      // Else the server tells callers that this device was notified.
      if (known.device) await tellOff();
      return atRest();
    }
    return subscribe(known.publicKey, known.device).catch((error: unknown) => {
      const problem = problemOf(error);
      return problem === 'server' ? { ...atRest(), problem } : lost(problem);
    });
  }

  /** Makes browser and server agree on one subscription, with as little new as possible. */
  async function subscribe(publicKey: string, device: PushDevice | null): Promise<Outcome> {
    const held = await browser.subscription();
    const isForgotten = device === null && held?.endpoint === memory.endpoint;
    const isFit = held !== null && isSameKey(held.publicKey, publicKey) && !isForgotten;
    if (isFit && device?.endpoint === held.endpoint) {
      remember({ endpoint: held.endpoint });
      return { state: 'on', device, problem: null };
    }
    // The server forgets an endpoint that the push service has closed: only a new one helps.
    if (held && !isFit) await held.unsubscribe();
    const current: PushSubscriptionHeld = isFit ? held : await browser.subscribe(publicKey);
    const { endpoint, p256dh, auth } = current;
    const answer = await options.api().subscribe({ endpoint, p256dh, auth });
    remember({ endpoint });
    return { state: 'on', device: answer.device, problem: null };
  }

  async function tellOff(): Promise<void> {
    await options
      .api()
      .unsubscribe({})
      .catch((error: unknown) => {
        // The push service tells the server as soon as it pushes again.
        console.debug('The server could not be told that notifications are off:', error);
      });
  }

  async function dropSubscription(): Promise<void> {
    try {
      await (await browser.subscription())?.unsubscribe();
    } catch (error) {
      console.debug('The subscription could not be ended:', error);
    }
  }

  function look(): void {
    if (userId === null || browser.obstacle() || browser.permission() === seenPermission) return;
    if (store.getState().state !== 'asking') void run(compare);
  }

  return {
    store,
    async ask() {
      if (browser.obstacle()) return;
      settle({ state: 'asking', device: null, problem: null });
      // First of all: browsers forget the person's action while anything else is awaited.
      const permission = await browser.askPermission();
      await run(async () => {
        seenPermission = permission;
        if (permission !== 'granted') return atRest();
        remember({ isWanted: true, endpoint: null });
        try {
          const known = await options.api().device({});
          hasAsked = true;
          if (!known.publicKey) return { state: 'serverOff', device: null, problem: null };
          return await subscribe(known.publicKey, known.device);
        } catch (error) {
          const problem = problemOf(error);
          // Without a connection the wish is kept until there is one.
          if (problem !== 'server') remember({ isWanted: false });
          return { state: problem === 'denied' ? 'denied' : 'off', device: null, problem };
        }
      });
    },
    turnOff: () =>
      run(async () => {
        remember({ isWanted: false, endpoint: null, isLossSeen: false, askAfter: NEVER });
        await dropSubscription();
        await tellOff();
        return atRest();
      }),
    check: () => run(compare),
    acknowledgeLoss: () => remember({ isLossSeen: true }),
    notNow: () => remember({ askAfter: options.now() + NOT_NOW_MS }),
    noteUse() {
      if (userId === null) isUsedEarly = true;
      else if (!memory.isUsed) remember({ isUsed: true });
    },
    enter(entered) {
      era += 1;
      userId = entered;
      memory = recallPush(storage, entered);
      hasAsked = false;
      settle(atRest());
      if (isUsedEarly) remember({ isUsed: true });
      isUsedEarly = false;
      void run(compare);
    },
    leave(endedBy) {
      era += 1;
      if (userId === null) return;
      // When the server ended the session, the person finds notifications on after returning.
      if (endedBy === 'server') rememberPush(storage, userId, { ...memory, endpoint: null });
      else forgetPush(storage, userId);
      userId = null;
      memory = NOTHING_REMEMBERED;
      settle(atRest());
      if (!browser.obstacle()) void options.withLock(dropSubscription);
    },
    connected() {
      if (!hasAsked || store.getState().problem === 'server') void run(compare);
    },
    look,
    stop() {
      era += 1;
      stopListening();
    },
  };
}

function problemOf(error: unknown): PushProblem {
  if (error instanceof PushFailure) return error.problem;
  return toFailure(error).code === 'FORBIDDEN' ? 'refused' : 'server';
}

/** null: the browser does not tell, so it is taken for the same. */
function isSameKey(held: string | null, wanted: string): boolean {
  return held === null || held === wanted.replace(/=+$/, '');
}
