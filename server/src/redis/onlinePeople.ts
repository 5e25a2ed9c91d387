import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import type { OnlineElsewhere, OnlineListener } from '../realtime/onlineElsewhere.ts';
import type { RedisConnection } from './connectRedis.ts';

/** A process that is not heard of for a lease is dead; its people are gone at most one beat later. */
const TIMES = {
  leaseMs: 15_000,
  beatMs: 5_000,
  /** After a clean stop people have this long to come back through another process before they are told gone. */
  farewellMs: 5_000,
};

const PROCESSES = 'ahoy:processes';
const leaseOf = (processId: string) => `ahoy:process:${processId}`;
const peopleOf = (processId: string) => `ahoy:process:${processId}:people`;
const personKey = (userId: string) => `ahoy:person:${userId}`;

/** In one step, so that one process takes over a dead one's people. Returns those who are nowhere else, or nil. */
const TAKE_OVER = `
  if redis.call('EXISTS', KEYS[2]) == 1 or redis.call('SREM', KEYS[1], ARGV[1]) == 0 then return false end
  local gone = {}
  for _, person in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    local key = ARGV[2] .. person
    redis.call('SREM', key, ARGV[1])
    if redis.call('EXISTS', key) == 0 then table.insert(gone, person) end
  end
  redis.call('DEL', KEYS[3])
  return gone`;

/**
 * Who is online in which process. Each process holds a lease, renewed by a heartbeat; whoever sees one run out takes
 * over, and tells that those people are gone. While Redis is away every process knows its own people only.
 */
export function createOnlinePeople(
  { client, onReturn }: RedisConnection,
  log: Log,
  times = TIMES,
): OnlineElsewhere {
  const processId = randomUUID();
  const own = new Set<string>();
  let listener: OnlineListener | undefined;
  let isKnown = false;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function unlessAway<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      log.debug({ err: error }, 'presence is not shared just now');
      return otherwise;
    }
  }

  async function enter(userIds: Iterable<string>): Promise<void> {
    const batch = client.pipeline();
    for (const userId of userIds) {
      batch.sadd(personKey(userId), processId).sadd(peopleOf(processId), userId);
    }
    if (batch.length > 0) await batch.exec();
  }

  async function beat(): Promise<void> {
    await client.set(leaseOf(processId), '1', 'PX', times.leaseMs);
    // New to it: the first time, or Redis came back empty, or others took this process for dead.
    if ((await client.sadd(PROCESSES, processId)) === 1) {
      await enter(own);
      if (isKnown) listener?.onForgotten([...own]);
      isKnown = true;
    }
    for (const other of await client.smembers(PROCESSES)) {
      if (other === processId || (await client.exists(leaseOf(other)))) continue;
      const keys = [PROCESSES, leaseOf(other), peopleOf(other)];
      const gone = await client.eval(TAKE_OVER, keys.length, ...keys, other, personKey(''));
      if (Array.isArray(gone)) listener?.onGone(gone.map(String));
    }
  }

  const beatNow = () => (isClosed ? Promise.resolve() : unlessAway(beat, undefined));
  onReturn(() => void beatNow());

  return {
    async start(hears) {
      listener = hears;
      timer = setInterval(() => void beatNow(), times.beatMs);
      await beatNow();
    },
    async add(userId) {
      own.add(userId);
      await unlessAway(() => enter([userId]), undefined);
    },
    async remove(userId) {
      own.delete(userId);
      await unlessAway(
        () => client.pipeline().srem(personKey(userId), processId).srem(peopleOf(processId), userId).exec(),
        null,
      );
    },
    among: (userIds) =>
      unlessAway(async () => {
        const batch = client.pipeline();
        for (const userId of userIds) batch.exists(personKey(userId));
        const answers = userIds.length > 0 ? await batch.exec() : [];
        return new Set(userIds.filter((_, index) => answers?.[index]?.[1] === 1));
      }, new Set<string>()),
    async stop() {
      isClosed = true;
      clearInterval(timer);
      await unlessAway(() => client.pexpire(leaseOf(processId), times.farewellMs), 0);
    },
  };
}
