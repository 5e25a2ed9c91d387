import type { CallLine } from './callLine.ts';

/** The server lets so many signals pass, and more the next second. */
const TOO_MANY_WAIT_MS = 1_000;
const NOT_YET_WAIT_MS = 250;
const MOST = 200;

export type SignalQueue = {
  send: (to: string, payload: string) => void;
  /** Signals get through, or do again. */
  resume: () => void;
  stop: () => void;
};

type Waiting = { to: string; payload: string; isSent: boolean };

/**
 * Sends signals in order, from the first `resume` on, none waiting for the answer to the one before: that would cost a
 * round trip each. Without a socket they wait; what the server will never take is dropped.
 */
export function createSignalQueue(options: {
  line: CallLine;
  callId: () => string;
  participantId: string;
}): SignalQueue {
  let waiting: Waiting[] = [];
  let isHeld = true;
  let isStopped = false;
  /** Goes up when one did not pass. */
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    if (isHeld || isStopped) return;
    for (const each of waiting) {
      if (each.isSent) continue;
      each.isSent = true;
      void pass(each);
    }
  }

  async function pass(each: Waiting): Promise<void> {
    const own = attempt;
    const { to, payload } = each;
    const [callId, from] = [options.callId(), options.participantId];
    const error = await options.line.sendSignal({ callId, from, to, payload });
    // One before it did not pass. It is sent again behind that one, and hearing it twice harms nobody.
    if (own !== attempt || isStopped) return;
    if (error !== 'NETWORK' && error !== 'TOO_MANY_REQUESTS' && error !== 'FORBIDDEN') {
      waiting = waiting.filter((other) => other !== each);
      return;
    }
    attempt += 1;
    isHeld = true;
    for (const other of waiting) other.isSent = false;
    if (error === 'NETWORK') return;
    // Forbidden is what comes before this socket has said that it is in the call.
    timer = setTimeout(resume, error === 'FORBIDDEN' ? NOT_YET_WAIT_MS : TOO_MANY_WAIT_MS);
  }

  function resume(): void {
    clearTimeout(timer);
    isHeld = false;
    flush();
  }

  return {
    send(to, payload) {
      waiting = [...waiting, { to, payload, isSent: false }].slice(-MOST);
      flush();
    },
    resume,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
