/** Candidates come in bursts, and signals are counted: those of a moment leave together (trickle ICE, RFC 8838). */
const BATCH_MS = 30;
/** The device's own addresses come at once, and are what most connections use. */
const FIRST_BATCH_MS = 5;

export type CandidateBatch = {
  add: (candidate: Pick<RTCIceCandidate, 'toJSON'>) => void;
  /** A description is made: older candidates are of no use any more, and the new ones wait until it has left. */
  hold: () => void;
  /** It has left. */
  release: () => void;
  close: () => void;
};

export function createCandidateBatch(send: (candidates: RTCIceCandidateInit[]) => void): CandidateBatch {
  let waiting: RTCIceCandidateInit[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;
  let isFirst = true;

  function leave(): void {
    timer = undefined;
    isFirst = false;
    send(waiting);
    waiting = [];
  }

  function schedule(): void {
    if (!isHeld && waiting.length > 0) timer ??= setTimeout(leave, isFirst ? FIRST_BATCH_MS : BATCH_MS);
  }

  function clear(): void {
    clearTimeout(timer);
    timer = undefined;
    waiting = [];
  }

  return {
    add(candidate) {
      waiting.push(candidate.toJSON());
      schedule();
    },
    hold() {
      clear();
      isHeld = true;
      isFirst = true;
    },
    release() {
      isHeld = false;
      schedule();
    },
    close: clear,
  };
}
