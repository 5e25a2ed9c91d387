import { setTimeout as delay } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import type { Processes } from '../realtime/processes.ts';
import type { RedisConnection } from './connectRedis.ts';

const STREAM = 'ahoy:live';
/** Some seconds of a busy server: a process that lags further behind has its people catch up by version. */
const STREAM_ENTRIES = 20_000;
const READ_ENTRIES = 500;
const RETRY_MS = 100;

/**
 * Socket.io's adapter over Redis streams. It waits for Redis before it serves the sockets of its own process, so it is
 * given a connection that fails at once. `onMissed` hears, when Redis takes events again, that some did not reach
 * the other processes.
 */
export function createStreamsAdapter(
  redis: RedisConnection,
  onMissed: () => void,
): ReturnType<Processes['createAdapter']> {
  let hasMissed = false;

  function missed(error: unknown): never {
    hasMissed = true;
    throw error;
  }
  function passed<T>(answer: T): T {
    if (hasMissed) {
      hasMissed = false;
      onMissed();
    }
    return answer;
  }

  redis.onReturn(() => passed(undefined));
  return createAdapter(
    {
      options: {},
      duplicate: () => forAdapter(redis.openReader()),
      xadd: (args: [string, ...string[]]) => redis.client.call('XADD', args).then(passed, missed),
      // How it asks Redis how many processes there are: ioredis has lost this name.
      send_command: (name: string, words: string[], done: (error: unknown, answer?: unknown) => void) => {
        redis.client.call(name, words).then((answer) => done(null, answer), done);
      },
      // Nobody waits for it; what it carries is found in the database, too.
      publish: (channel: string, payload: Buffer) =>
        redis.client.publish(channel, payload).catch(() => {
          hasMissed = true;
        }),
    },
    {
      streamName: STREAM,
      channelPrefix: STREAM,
      maxLen: STREAM_ENTRIES,
      readCount: READ_ENTRIES,
      onlyPlaintext: true,
    },
  );
}

/**
 * A connection as the adapter needs it. It asks for what comes after "now" until the first event has come, so what comes
 * between two questions would be lost: here "now" is the time of the first question. It asks again at once when that
 * fails, which would never let anything else run; and it does not look after its subscription, which renews itself.
 */
function forAdapter(reader: Redis): Redis {
  type Words = (string | number)[];
  const read = reader.xread.bind(reader) as (...words: Words) => Promise<unknown>;
  const subscribe = reader.subscribe.bind(reader);
  let now: string | undefined;

  async function readSince(words: Words): Promise<unknown> {
    if (words.at(-1) !== '$') return read(...words);
    now ??= (await reader.xrevrange(STREAM, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0';
    return read(...words.slice(0, -1), now);
  }

  return Object.assign(reader, {
    subscribe: (channels: string[]) => subscribe(...channels).catch(() => undefined),
    xread: (...words: Words) =>
      readSince(words).catch(async (error: unknown) => {
        await delay(RETRY_MS, undefined, { ref: false });
        throw error;
      }),
  });
}
