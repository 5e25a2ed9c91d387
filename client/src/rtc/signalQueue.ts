import type { CallLine } from './callLine.ts';

/** The server lets so many signals pass, and more the next second. */
const TOO_MANY_WAIT_MS = 1_000;
const NOT_YET_WAIT_MS = 250;
const MOST = 200;

export type SignalQueue = {
  send: (to: string, payload: string) => void;
  /** Signals get through again. */
  resume: () => void;
  stop: () => void;
};

/** Sends signals one after another, in order. Without a socket they wait; what the server will never take is dropped. */
export function createSignalQueue(options: {
  line: CallLine;
  callId: () => string;
  participantId: string;
}): SignalQueue {
  let waiting: { to: string; payload: string }[] = [];
  let isSending = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function flush(): Promise<void> {
    if (isSending || isStopped) return;
    isSending = true;
    clearTimeout(timer);
    for (let next = waiting[0]; next && !isStopped; next = waiting[0]) {
      const error = await options.line.sendSignal({
        ...next,
        callId: options.callId(),
        from: options.participantId,
      });
      if (error === 'NETWORK') break;
      if (error === 'TOO_MANY_REQUESTS' || error === 'FORBIDDEN') {
        // Forbidden is what comes before this socket has said that it is in the call.
        const wait = error === 'FORBIDDEN' ? NOT_YET_WAIT_MS : TOO_MANY_WAIT_MS;
        timer = setTimeout(() => void flush(), wait);
        break;
      }
      waiting.shift();
    }
    isSending = false;
  }

  return {
    send(to, payload) {
      waiting.push({ to, payload });
      waiting = waiting.slice(-MOST);
      void flush();
    },
    resume: () => void flush(),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
