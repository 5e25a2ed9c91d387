import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { Api } from '../../net/api.ts';
import type { CallBook } from '../callBook.ts';
import type { CallMemory, KeptCall } from '../callMemory.ts';
import { createCallSession } from '../callSession.ts';
import { createCalls } from '../calls.ts';
import type { FakeCallServer } from './fakeCallServer.ts';
import { createFakeMedia } from './fakeMedia.ts';
import type { FakeAir } from './fakeTransport.ts';

export type FakeCallDevice = ReturnType<typeof createFakeCallDevice>;

type Time = { now: () => number; random: () => number; delay: (ms: number) => Promise<void> };

const SLOWEST_MS = 300;

/** A tab of one person, with the real book and sessions; pages come and go in it. */
export function createFakeCallDevice(options: {
  name: string;
  userId: string;
  server: FakeCallServer;
  air: FakeAir;
  time: Time;
  createId: () => string;
}) {
  const { userId, server, time } = options;
  let isOnline = true;
  let losesAnswer = false;
  let kept: KeptCall | null = null;
  let page = openPage();

  /** There and back, or lost on either way. */
  async function request<T>(run: () => T): Promise<T> {
    await time.delay(time.random() * SLOWEST_MS);
    if (!isOnline) throw new TypeError('network');
    const answer = run();
    await time.delay(time.random() * SLOWEST_MS);
    const isLost = losesAnswer || !isOnline;
    losesAnswer = false;
    if (isLost) throw new TypeError('network');
    return answer;
  }

  function openPage() {
    const own = { isGone: false };
    const alive = async <T>(promise: Promise<T>): Promise<T> => {
      const [outcome] = await Promise.allSettled([promise]);
      // Of a page that is gone, nothing resumes.
      if (own.isGone) return new Promise<never>(() => undefined);
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    };
    const ask = <T>(run: () => T): Promise<T> =>
      own.isGone ? new Promise<never>(() => undefined) : alive(request(run));
    const api = {
      start: (wish: Parameters<FakeCallServer['start']>[1]) =>
        ask(() => ({ call: server.start(userId, wish) })),
      join: (wish: Parameters<FakeCallServer['join']>[1]) => ask(() => ({ call: server.join(userId, wish) })),
      decline: ({ id }: { id: string }) => ask(() => ({ call: server.decline(userId, id) })),
      leave: ({ id, participantId }: { id: string; participantId: string }) =>
        ask(() => ({ call: server.leave(userId, id, participantId) })),
      current: () => ask(() => ({ calls: server.current(userId) })),
      details: ({ id }: { id: string }) => ask(() => ({ call: server.details(id), quality: [] })),
      reportQuality: () => ask(() => ({})),
      iceServers: () => ask(() => ({ iceServers: [], expiresInSeconds: null, isRelayOnly: false })),
    } as unknown as Api['calls'];
    const media = createFakeMedia();
    const line = {
      sayInCall: async (sign: { callId: string; participantId: string; hears: string[] }) => {
        try {
          return await ask(() => server.sayInCall(sign.callId, sign.participantId, sign.hears));
        } catch {
          return null;
        }
      },
      sendSignal: async () => null,
    };
    const memory: CallMemory = {
      keep: (call) => {
        if (!own.isGone) kept = call;
      },
      recall: async () => kept,
      forget: (participantId) => {
        if (!own.isGone && kept?.participantId === participantId) kept = null;
      },
    };
    const begun: { close: () => void }[] = [];
    const book: CallBook = createCalls({
      ...{ api: () => api, me: () => userId, memory, createId: options.createId, now: time.now },
      loadEngine: async () => ({
        media,
        begin: (beginning) =>
          createCallSession({
            ...{ api, line, me: userId, media, beginning, now: time.now },
            createTransport: async (parts) => {
              const transport = options.air.open(parts.participantId);
              begun.push(transport);
              return transport;
            },
            background: { isHidden: () => false, subscribe: () => () => undefined },
          }),
      }),
    });
    function close(): void {
      for (const transport of begun.splice(0)) transport.close();
    }

    return { own, book, media, close };
  }

  function kill(): void {
    page.own.isGone = true;
    page.close();
  }

  return {
    name: options.name,
    userId,
    book: () => page.book,
    isMediaOpen: () => page.media.isOpen(),
    isOnline: () => isOnline,
    /** What the socket brings; without a network it is missed. */
    hear(call: Call): void {
      const { book, own } = page;
      if (!isOnline) return;
      void time.delay(time.random() * SLOWEST_MS).then(() => {
        if (isOnline && !own.isGone) book.hear(call);
      });
    },
    setOnline(next: boolean): void {
      isOnline = next;
      if (next) page.book.connected();
    },
    loseNextAnswer(): void {
      losesAnswer = true;
    },
    reload(): void {
      kill();
      page = openPage();
      // The session stands before the socket does.
      page.book.refresh('once');
      if (isOnline) page.book.connected();
    },
    /** The tab is gone, with all that it knew; the person opens another one. */
    closeTab(): void {
      kept = null;
      this.reload();
    },
  };
}
