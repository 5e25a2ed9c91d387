/** Candidates come in bursts, and signals are counted: those of a moment leave together (trickle ICE, RFC 8838). */
const BATCH_MS = 30;

export type CandidateBatch = {
  add: (candidate: RTCIceCandidate) => void;
  /** Those of an older description are of no use any more. */
  clear: () => void;
};

export function createCandidateBatch(send: (candidates: RTCIceCandidateInit[]) => void): CandidateBatch {
  let waiting: RTCIceCandidateInit[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    add(candidate) {
      waiting.push(candidate.toJSON());
      timer ??= setTimeout(() => {
        timer = undefined;
        if (waiting.length > 0) send(waiting);
        waiting = [];
      }, BATCH_MS);
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
