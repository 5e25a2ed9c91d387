import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { fail } from './fail.ts';
import type { Limiter } from './procedures.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** As many keys as a budget counts one by one; a flood of made-up ones beyond that shares the slots. */
const MAX_KEYS = 20_000;
const SHARED_SLOTS = 1_024;

/** A budget whose uses are given back when they turn out to be harmless: it counts wrong tries only. */
export type ForgivingLimiter = Limiter & { forgive: Limiter };

type Window = { points: number; duration: number };

/** Where a budget is counted. `insurance` counts in this process while the store is away. */
export type LimitStore = (name: string, window: Window, insurance: RateLimiterMemory) => RateLimiterAbstract;

export type Limits = ReturnType<typeof createLimits>;

/**
 * All budgets, wide enough for a household or a school behind one address. A budget by address counts an IPv6 network of
 * 64 bits as one address, because that is what one customer gets. Without a store they are this process's own.
 */
export function createLimits(store: LimitStore = (_name, _window, insurance) => insurance) {
  const count = (name: string, points: number, seconds: number) => {
    const window = { points, duration: seconds };
    return store(name, window, new RateLimiterMemory(window));
  };
  const budget = (name: string, points: number, seconds: number): ForgivingLimiter => {
    const limiter = count(name, points, seconds);
    const boundedKey = createBoundedKeys(seconds);
    return Object.assign((key: string) => consume(limiter, boundedKey(key)), {
      forgive: async (key: string) => {
        await limiter.reward(boundedKey(key), 1);
      },
    });
  };
  const forgivingBudgetByAddress = (name: string, points: number, seconds: number): ForgivingLimiter => {
    const limit = budget(name, points, seconds);
    return Object.assign((address: string) => limit(networkOf(address)), {
      forgive: (address: string) => limit.forgive(networkOf(address)),
    });
  };
  const budgetByAddress = (name: string, points: number, seconds: number): Limiter =>
    forgivingBudgetByAddress(name, points, seconds);
  const burstyBudget = (name: string, perSecond: number, burst: number, burstSeconds: number): Limiter => {
    const limiter = new BurstyRateLimiter(
      count(`${name}Second`, perSecond, 1),
      count(`${name}Burst`, burst, burstSeconds),
    );
    const boundedKey = createBoundedKeys(burstSeconds);
    return (key) => consume(limiter, boundedKey(key));
  };

  return {
    registerByAddress: budgetByAddress('registerByAddress', 30, HOUR_SECONDS),
    registerByEmail: budget('registerByEmail', 5, HOUR_SECONDS),
    signInByAddress: budgetByAddress('signInByAddress', 100, 10 * MINUTE_SECONDS),
    /** Give back what was no wrong try. */
    signInByEmail: budget('signInByEmail', 10, 15 * MINUTE_SECONDS),
    codeByAddress: budgetByAddress('codeByAddress', 100, 10 * MINUTE_SECONDS),
    forgotByAddress: budgetByAddress('forgotByAddress', 30, HOUR_SECONDS),
    forgotByEmail: budget('forgotByEmail', 5, HOUR_SECONDS),
    /** Each letter, with its resends, is worth 30 guesses at a code: this bounds what a patient guesser gets. */
    forgotByEmailDaily: budget('forgotByEmailDaily', 10, DAY_SECONDS),
    resendByAddress: budgetByAddress('resendByAddress', 60, 10 * MINUTE_SECONDS),
    resendByChallenge: budget('resendByChallenge', 20, 10 * MINUTE_SECONDS),
    /** Give back what was no wrong try. */
    passwordByPerson: budget('passwordByPerson', 10, 15 * MINUTE_SECONDS),
    refreshByAddress: budgetByAddress('refreshByAddress', 600, MINUTE_SECONDS),
    findByPerson: budget('findByPerson', 60, MINUTE_SECONDS),
    photosByPerson: budget('photosByPerson', 20, HOUR_SECONDS),
    /** Questions whether the receiver of a message could be told of it. */
    reachByPerson: budget('reachByPerson', 60, MINUTE_SECONDS),
    /** Rings of one person in one chat. */
    ringsByPair: budget('ringsByPair', 20, 10 * MINUTE_SECONDS),
    /** Give back what was no wrong try. */
    roomKeyByAddress: forgivingBudgetByAddress('roomKeyByAddress', 100, 10 * MINUTE_SECONDS),
    /** All tries together: a code of 50 bits outlasts many addresses. Give back what was no wrong try. */
    roomKeyByAll: budget('roomKeyByAll', 20_000, 10 * MINUTE_SECONDS),
    /** Each makes a guest. */
    roomEntryByAddress: budgetByAddress('roomEntryByAddress', 100, 10 * MINUTE_SECONDS),
    roomEntryByPerson: budget('roomEntryByPerson', 60, MINUTE_SECONDS),
    /** Launches, logins and proofs; a page inside Telegram signs in with each load. */
    telegramByAddress: budgetByAddress('telegramByAddress', 300, 10 * MINUTE_SECONDS),
    /** Each makes an account, or tries an invite code. */
    telegramAccountsByAddress: budgetByAddress('telegramAccountsByAddress', 60, HOUR_SECONDS),
    /** What one Telegram user writes and taps; the bot answers out of what Telegram grants it for everybody. */
    botByTelegramUser: budget('botByTelegramUser', 20, MINUTE_SECONDS),
    /** Links that go on in another browser: asked for, and opened. */
    handOffByPerson: budget('handOffByPerson', 30, 10 * MINUTE_SECONDS),
    handOffByAddress: budgetByAddress('handOffByAddress', 100, 10 * MINUTE_SECONDS),
    requestsByPerson: burstyBudget('requestsByPerson', 100, 300, 10),
  };
}

/**
 * Bounds the memory of a budget: keys of the current window are themselves while there are few; later ones fall into
 * slots that they share, by a keyed hash, so that nobody can choose with whom.
 */
export function createBoundedKeys(windowSeconds: number, maxKeys = MAX_KEYS): (key: string) => string {
  const slotKey = randomBytes(32);
  // All live equally long, so the first to be forgotten stand first.
  const forgetAt = new Map<string, number>();
  return (key) => {
    const now = performance.now();
    for (const [known, time] of forgetAt) {
      if (time > now) break;
      forgetAt.delete(known);
    }
    if (!forgetAt.has(key)) {
      if (forgetAt.size >= maxKeys) {
        const hash = createHmac('sha256', slotKey).update(key).digest().readUInt32BE();
        return `shared slot ${hash % SHARED_SLOTS}`;
      }
      forgetAt.set(key, now + windowSeconds * 1000);
    }
    return key;
  };
}

async function consume(
  limiter: { consume(key: string): Promise<RateLimiterRes> },
  key: string,
): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw fail('TOO_MANY_REQUESTS', { retryAfterSeconds });
  }
}

/** The first 64 bits of an IPv6 address; an IPv4 address as it is, also when it is written as IPv6 (RFC 4291, 2.5.5.2). */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
