import { ORPCError } from '@orpc/client';
import { createMemoryCopy } from '../../offline/memoryCopy.ts';
import { createCommands } from '../../offline/outbox.ts';
import { createDelivered } from '../delivered.ts';
import { createHistory } from '../history.ts';
import { createLive } from '../live.ts';
import { createSender } from '../sender.ts';
import { createSync } from '../sync.ts';
import type { FakeServer } from './fakeServer.ts';

/** What happens to one request: lost on the way there or back, late beyond the caller's patience, or refused for now. */
export type Fault = 'lostRequest' | 'lostAnswer' | 'late' | 'busy';

export type FakeDevice = ReturnType<typeof createFakeDevice>;

/** The real engine of one device on a bad network to the fake server. */
export function createFakeDevice(server: FakeServer, userId: string, random: () => number) {
  const faults: Fault[] = [];
  let liveLosses = 0;
  let stopListening: (() => void) | undefined;
  const { procedures } = server;

  const call =
    <I, O>(procedure: (userId: string, input: I) => O) =>
    async (input: I): Promise<O> => {
      const fault = faults.shift();
      await delay(random() * 300);
      if (fault === 'lostRequest') throw new TypeError('network');
      if (fault === 'busy') throw new ORPCError('TOO_MANY_REQUESTS', { data: { retryAfterSeconds: 3 } });
      if (fault === 'late') {
        void delay(4_000)
          .then(() => procedure(userId, structuredClone(input)))
          .catch(() => undefined);
        throw new TypeError('timeout');
      }
      const output = procedure(userId, structuredClone(input));
      await delay(random() * 300);
      if (fault === 'lostAnswer') throw new TypeError('network');
      return output;
    };

  const api = {
    sync: { sync: call(procedures.sync) },
    chats: {
      openDirect: call(procedures.openDirect),
      openSaved: call((id) => procedures.openDirect(id, { personId: id })),
    },
    messages: {
      send: call(procedures.send),
      edit: call(procedures.edit),
      delete: call(procedures.delete),
      read: call(procedures.read),
      delivered: call(procedures.delivered),
      history: call(procedures.history),
    },
  };
  const typed = api as unknown as Parameters<typeof createSync>[0]['api'] &
    Parameters<typeof createSender>[0]['api'];

  const copy = createMemoryCopy();
  const me = () => userId;
  const delivered = createDelivered({ api: typed, copy, me });
  const sync = createSync({
    api: typed,
    copy,
    maxChats: 2,
    onWritten(chatIds) {
      delivered.note(chatIds);
      void sender.look();
    },
  });
  const sender = createSender({
    ...{ api: typed, copy, me, now: Date.now },
    withLock: (task) => task(),
    onAnswer: () => sync.soon(),
  });
  const live = createLive({
    copy,
    onGap: () => sync.now(),
    onWritten: (chatIds) => delivered.note(chatIds),
    onMessageOf: () => undefined,
  });
  const commands = createCommands({ copy, me, now: Date.now, onWaiting: () => void sender.look() });
  const history = createHistory({ api: () => typed, copy });

  /** Events travel in order, and some never arrive. */
  function afterWire<T>(handle: (event: T) => Promise<void>): (event: T) => Promise<void> {
    return async (event) => {
      if (liveLosses > 0) {
        liveLosses -= 1;
        return;
      }
      const own = stopListening;
      await delay(50);
      if (own === stopListening) await handle(event);
    };
  }

  return {
    userId,
    copy,
    commands,
    history,
    faults,
    connect() {
      stopListening ??= server.listen({
        userId,
        live: {
          chat: afterWire(live.chat),
          account: afterWire(live.account),
          people: afterWire(live.people),
        },
      });
      sync.now();
      void sender.hurry();
      delivered.retry();
    },
    cut() {
      stopListening?.();
      stopListening = undefined;
    },
    loseEvents: (count: number) => {
      liveLosses = count;
    },
    start() {
      sync.start();
      sender.start();
    },
    stop() {
      for (const part of [sync, sender, delivered]) part.stop();
      stopListening?.();
    },
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
