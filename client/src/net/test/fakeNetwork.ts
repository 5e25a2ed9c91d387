import { ORPCError } from '@orpc/client';
import type { createLive } from '../live.ts';
import type { SenderApi } from '../performCommand.ts';
import type { SyncOptions } from '../sync.ts';
import type { FakeProcedures } from './fakeProcedures.ts';
import type { FakeServer } from './fakeServer.ts';
import { type Life, whileAlive } from './mortal.ts';
import type { VirtualTime } from './virtualTime.ts';

/** What happens to one request: lost on the way there or back, late beyond the caller's patience, or refused for now. */
export type Fault = 'lostRequest' | 'lostAnswer' | 'late' | 'slow' | 'busy';
/** What happens to one live event. */
export type WireFault = 'lose' | 'repeat' | 'hold';

export type FakeApi = SyncOptions['api'] & SenderApi;
export type FakeNetwork = ReturnType<typeof createFakeNetwork>;

const LATENCY_MS = 300;
const LATE_MS = 4_000;
const WIRE_MS = 50;
const HELD_MS = 900;

/** The bad network between one page, or the worker, and the fake server. */
export function createFakeNetwork(options: {
  server: FakeServer;
  procedures: FakeProcedures;
  userId: string;
  time: VirtualTime;
  life: Life;
}) {
  const { server, procedures, userId, time, life } = options;
  const faults: Fault[] = [];
  const wireFaults: WireFault[] = [];
  let isOnline = true;
  let stopListening: (() => void) | undefined;

  async function request<I, O>(procedure: (userId: string, input: I) => O, input: I): Promise<O> {
    const fault = faults.shift();
    const wasOnline = isOnline;
    const isSlowThere = fault === 'slow' && time.random() < 0.5;
    await time.delay(time.random() * (isSlowThere ? LATE_MS : LATENCY_MS));
    if (fault === 'lostRequest' || !wasOnline) throw new TypeError('network');
    if (fault === 'busy') throw new ORPCError('TOO_MANY_REQUESTS', { data: { retryAfterSeconds: 3 } });
    const outage = server.outage();
    if (outage && time.now() < outage.until) throw new ORPCError(outage.code, { data: outage });
    if (fault === 'late') {
      void time.delay(LATE_MS).then(() => answerAnyway(procedure, input));
      throw new TypeError('timeout');
    }
    const output = procedure(userId, input);
    await time.delay(time.random() * (fault === 'slow' && !isSlowThere ? LATE_MS : LATENCY_MS));
    if (fault === 'lostAnswer' || !isOnline) throw new TypeError('network');
    return output;
  }

  /** Nobody waits for it any more, so a refusal is told to nobody. */
  function answerAnyway<I>(procedure: (userId: string, input: I) => unknown, input: I): void {
    try {
      procedure(userId, input);
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
    }
  }

  /** What is on its way reaches the server also when the page dies; its answer reaches nobody. */
  const call =
    <I, O>(procedure: (userId: string, input: I) => O) =>
    (input: I): Promise<O> =>
      whileAlive(life, () => request(procedure, input));

  const api = {
    sync: { sync: call(procedures.sync) },
    chats: {
      openDirect: call(procedures.openDirect),
      openSaved: call((id: string) => procedures.openDirect(id, { personId: id })),
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

  /** Events travel in order, but for those that are held up, repeated or lost. */
  function wire<T>(handle: (event: T) => Promise<void>): (event: T) => void {
    return (event) => {
      const fault = wireFaults.shift();
      if (fault === 'lose') return;
      const own = stopListening;
      const deliver = (ms: number) =>
        void time.delay(ms).then(() => {
          if (own === stopListening && !life.isOver) void handle(event);
        });
      deliver(fault === 'hold' ? HELD_MS : WIRE_MS);
      if (fault === 'repeat') deliver(HELD_MS);
    };
  }

  return {
    api: api as unknown as FakeApi,
    faults,
    wireFaults,
    connect(live: ReturnType<typeof createLive>): void {
      isOnline = true;
      stopListening?.();
      stopListening = server.listen({
        userId,
        chat: wire(live.chat),
        account: wire(live.account),
        people: wire(live.people),
      });
    },
    cut(): void {
      isOnline = false;
      stopListening?.();
      stopListening = undefined;
    },
    heal(): void {
      faults.length = 0;
      wireFaults.length = 0;
    },
  };
}
