import { type Motif, type Overtone, VOICES } from './motifs.ts';

/** A struck note falls by 60 dB in its time. */
const FALL = Math.log(1000);
const FADE_SECONDS = 0.02;

/** The samples of a motif, -1 to 1, beginning and ending in silence so that it can be repeated without a click. */
export function renderMotif(motif: Motif, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(motif.seconds * sampleRate));
  for (const note of motif.notes) {
    for (const partial of VOICES[note.voice].partials) addPartial(samples, sampleRate, note, partial);
  }
  return scaleTo(motif.peak, samples);
}

/** Wave and fall go on from sample to sample by multiplication: sines and powers would take a phone half a second. */
function addPartial(
  samples: Float32Array<ArrayBuffer>,
  sampleRate: number,
  note: Motif['notes'][number],
  partial: Overtone,
): void {
  const { attackSeconds, isStruck } = VOICES[note.voice];
  const length = note.seconds * partial.share * sampleRate;
  const rise = attackSeconds * sampleRate;
  const fade = (isStruck ? FADE_SECONDS : attackSeconds) * sampleRate;
  const fall = isStruck ? Math.exp(-FALL / length) : 1;
  const step = (2 * Math.PI * note.hertz * partial.ratio) / sampleRate;
  const turn = 2 * Math.cos(step);
  const first = Math.round(note.atSeconds * sampleRate);
  const count = Math.min(Math.round(length), samples.length - first);
  let level = note.gain * partial.gain;
  let before = Math.sin(-step);
  let wave = 0;
  for (let index = 0; index < count; index += 1) {
    const edge = Math.max(0, Math.min(1, index / rise, (length - index) / fade));
    samples[first + index] = (samples[first + index] ?? 0) + level * edge * wave;
    const next = turn * wave - before;
    before = wave;
    wave = next;
    level *= fall;
  }
}

function scaleTo(peak: number, samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  let highest = 0;
  for (const sample of samples) highest = Math.max(highest, Math.abs(sample));
  return highest === 0 ? samples : samples.map((sample) => (sample * peak) / highest);
}
