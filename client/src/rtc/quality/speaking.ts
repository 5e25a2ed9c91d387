export type SpeakingState = {
  isSpeaking: boolean;
  /** Since when it is loud without a pause; null while it is not. Milliseconds, as `nowMs`. */
  loudSince: number | null;
  heardAt: number | null;
};

export const NOT_SPEAKING: SpeakingState = { isSpeaking: false, loudSince: null, heardAt: null };

/** Levels are 0 to 1, linear (W3C WebRTC `audioLevel`): speech begins at about -34 dBov, rooms stay below -40. */
const START_LEVEL = 0.02;
const STAY_LEVEL = 0.01;
/** A knock on the table is shorter. */
const START_AFTER_MS = 100;
/** Pauses between words are shorter. */
const HOLD_MS = 700;

/** The next state after a level was read. */
export function stepSpeaking(state: SpeakingState, level: number, nowMs: number): SpeakingState {
  const isHeard = level >= (state.isSpeaking ? STAY_LEVEL : START_LEVEL);
  const loudSince = isHeard ? (state.loudSince ?? nowMs) : null;
  const heardAt = isHeard ? nowMs : state.heardAt;
  if (state.isSpeaking) {
    return { isSpeaking: heardAt !== null && nowMs - heardAt < HOLD_MS, loudSince, heardAt };
  }
  return { isSpeaking: loudSince !== null && nowMs - loudSince >= START_AFTER_MS, loudSince, heardAt };
}

/**
 * How loud a receiver is now, 0 to 1. A source keeps its last level for ten seconds after the packets stopped: a level
 * whose packet was read before is 0.
 */
export function createLevelReader(receiver: Pick<RTCRtpReceiver, 'getSynchronizationSources'>): () => number {
  let lastRead = new Map<number, number>();
  return () => {
    const sources = receiver.getSynchronizationSources();
    const fresh = sources.filter(({ source, rtpTimestamp }) => lastRead.get(source) !== rtpTimestamp);
    lastRead = new Map(sources.map(({ source, rtpTimestamp }) => [source, rtpTimestamp]));
    return Math.max(0, ...fresh.map(({ audioLevel }) => audioLevel ?? 0));
  };
}
