/** Short tones; `knock`: another call comes while one is in one. */
export type Tone = 'connected' | 'reconnecting' | 'ended' | 'busy' | 'knock' | 'message';
/** Sounds that repeat until they are stopped. */
export type Loop = 'ring' | 'ringBack';

type Note = { atSeconds: number; hertz: number; voice: Voice; gain: number; seconds: number };

export type Motif = {
  notes: readonly Note[];
  /** With loops: from one beginning to the next. */
  seconds: number;
  /** The highest peak, of 1. */
  peak: number;
};

/** Sine waves that make a sound: how high above the note, how strong, and the share of the note's time they sound. */
export type Overtone = { ratio: number; gain: number; share: number };
type Voice = 'bell' | 'soft';

/** The bell is tuned as a ship's small bell: a hum below, and overtones that are no octaves and fade first. */
export const VOICES: Readonly<
  Record<Voice, { attackSeconds: number; isStruck: boolean; partials: readonly Overtone[] }>
> = {
  bell: {
    attackSeconds: 0.004,
    isStruck: true,
    partials: [
      { ratio: 0.5, gain: 0.22, share: 1 },
      { ratio: 1, gain: 1, share: 1 },
      { ratio: 1.004, gain: 0.35, share: 0.9 },
      { ratio: 2, gain: 0.4, share: 0.6 },
      { ratio: 3.01, gain: 0.17, share: 0.35 },
      { ratio: 4.17, gain: 0.09, share: 0.18 },
    ],
  },
  soft: {
    attackSeconds: 0.08,
    isStruck: false,
    partials: [
      { ratio: 1, gain: 1, share: 1 },
      { ratio: 2, gain: 0.12, share: 1 },
    ],
  },
};

const D4 = 293.66;
const A4 = 440;
const D5 = 587.33;
const A5 = 880;
const B5 = 987.77;

/**
 * Ahoy's own sounds. The ringtone is struck as bells are at sea, in pairs: a fifth as the question, a sixth as its
 * answer. The others are made of the same notes.
 */
export const MOTIFS: Readonly<Record<Loop | Tone, Motif>> = {
  ring: {
    notes: [bell(0, D5, 1, 1.9), bell(0.2, A5, 0.9, 1.9), bell(0.95, D5, 0.9, 1.9), bell(1.15, B5, 1, 1.95)],
    seconds: 3.2,
    peak: 0.8,
  },
  ringBack: {
    notes: [soft(0.1, D4, 1, 1.3), soft(0.1, A4, 0.6, 1.3)],
    seconds: 4,
    peak: 0.22,
  },
  connected: { notes: [bell(0, D5, 0.8, 0.5), bell(0.11, A5, 1, 0.8)], seconds: 1, peak: 0.3 },
  reconnecting: { notes: [soft(0, A4, 1, 0.18), soft(0.3, A4, 0.8, 0.18)], seconds: 0.6, peak: 0.2 },
  ended: { notes: [soft(0, A4, 1, 0.2), soft(0.17, D4, 1, 0.4)], seconds: 0.7, peak: 0.25 },
  busy: {
    notes: [0, 0.5, 1, 1.5].map((at) => soft(at, A4, 1, 0.3)),
    seconds: 2,
    peak: 0.25,
  },
  knock: { notes: [bell(0, A5, 1, 1)], seconds: 1.1, peak: 0.2 },
  message: { notes: [bell(0, A5, 0.7, 0.35), bell(0.09, D5, 1, 0.5)], seconds: 0.65, peak: 0.14 },
};

function bell(atSeconds: number, hertz: number, gain: number, seconds: number): Note {
  return { atSeconds, hertz, gain, seconds, voice: 'bell' };
}

function soft(atSeconds: number, hertz: number, gain: number, seconds: number): Note {
  return { atSeconds, hertz, gain, seconds, voice: 'soft' };
}
