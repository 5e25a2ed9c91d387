import { type Copy, KEYS } from '../../offline/copy.ts';
import { type Commands, createCommands } from '../../offline/outbox.ts';
import { createDelivered } from '../delivered.ts';
import { createHistory, type History } from '../history.ts';
import { createLive } from '../live.ts';
import { createSender } from '../sender.ts';
import { createSync } from '../sync.ts';
import type { FairLock } from './fairLock.ts';
import { createFakeNetwork, type FakeNetwork } from './fakeNetwork.ts';
import type { FakeProcedures } from './fakeProcedures.ts';
import type { FakeServer } from './fakeServer.ts';
import { createMortalCopy, type Life } from './mortal.ts';
import type { VirtualTime } from './virtualTime.ts';

export type TabOptions = {
  server: FakeServer;
  procedures: FakeProcedures;
  userId: string;
  time: VirtualTime;
  lock: FairLock;
  /** As the page has opened it. */
  copy: Copy;
  /** The device's clock, which may be wrong. */
  now: () => number;
};

export type FakeTab = {
  network: FakeNetwork;
  commands: Commands;
  history: History;
  connect: () => void;
  hurry: () => void;
  kill: () => void;
};

/** Fewer than there are chats, so that requests leave some out. */
const MAX_CHATS = 2;

/** The real engine of one page, tied together as `services.ts` does it. */
export function createFakeTab({ server, procedures, userId, time, lock, copy, now }: TabOptions): FakeTab {
  const life: Life = { isOver: false };
  const network = createFakeNetwork({ server, procedures, userId, time, life });
  const { api } = network;
  const mortal = createMortalCopy(copy, life, time);
  const me = () => userId;

  const delivered = createDelivered({ api, copy: mortal, me });
  const sync = createSync({
    api,
    copy: mortal,
    maxChats: MAX_CHATS,
    onWritten: () => void sender.look(),
    onCaughtUp: (chatIds) => delivered.note(chatIds),
  });
  const sender = createSender({
    ...{ api, copy: mortal, me, now },
    withLock: (task) => lock.run(life, task),
    onAnswer: () => sync.soon(),
  });
  const live = createLive({
    copy: mortal,
    onGap: () => sync.now(),
    onWritten: (chatIds) => delivered.note(chatIds),
    onMessageOf: () => undefined,
  });
  const stopWatching = mortal.subscribe((touched) => {
    if (touched.has(KEYS.outbox)) void sender.look();
    if (touched.has(KEYS.everything)) sync.now();
  });

  function connect(): void {
    network.connect(live);
    sync.now();
    void sender.hurry();
    delivered.retry();
  }

  sync.start();
  sender.start();
  connect();

  return {
    network,
    // Without pauses: what a person does is asked for one after another.
    commands: createCommands({
      copy: createMortalCopy(copy, life, null),
      ...{ me, now },
      onWaiting: () => void sender.look(),
    }),
    history: createHistory({ api: () => api, copy: mortal }),
    connect,
    hurry: () => void sender.hurry(),
    kill() {
      life.isOver = true;
      for (const part of [sync, sender, delivered]) part.stop();
      stopWatching();
      network.cut();
      lock.abandon(life);
      copy.close();
    },
  };
}

/** The service worker, woken with or without a page: as `sendOutbox.ts` does it. */
export function wakeWorker({ server, procedures, userId, time, lock, copy, now }: TabOptions): () => void {
  const life: Life = { isOver: false };
  const network = createFakeNetwork({ server, procedures, userId, time, life });
  const sender = createSender({
    ...{ api: network.api, copy: createMortalCopy(copy, life, time), me: () => userId, now },
    withLock: (task) => lock.run(life, task),
    onAnswer: () => undefined,
  });

  function end(): void {
    sender.stop();
    life.isOver = true;
    lock.abandon(life);
    copy.close();
  }

  sender.start();
  // The browser may take the database away under it, which ends it as well.
  void sender.look().then(end, end);
  return end;
}
