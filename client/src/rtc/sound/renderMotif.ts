import { type Motif, VOICES } from './motifs.ts';

/** A struck note falls by 60 dB in its time. */
const FALL = Math.log(1000);
const FADE_SECONDS = 0.02;

/** The samples of a motif, -1 to 1, beginning and ending in silence so that it can be repeated without a click. */
export function renderMotif(motif: Motif, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(motif.seconds * sampleRate));
  for (const note of motif.notes) {
    const voice = VOICES[note.voice];
    for (const partial of voice.partials) {
      const seconds = note.seconds * partial.share;
      const first = Math.round(note.atSeconds * sampleRate);
      const count = Math.min(Math.round(seconds * sampleRate), samples.length - first);
      const step = (2 * Math.PI * note.hertz * partial.ratio) / sampleRate;
      for (let index = 0; index < count; index += 1) {
        const at = index / sampleRate;
        const rise = Math.min(1, at / voice.attackSeconds);
        const fade = Math.min(1, (seconds - at) / (voice.isStruck ? FADE_SECONDS : voice.attackSeconds));
        const fall = voice.isStruck ? Math.exp((-FALL * at) / seconds) : 1;
        const level = note.gain * partial.gain * rise * fade * fall;
        samples[first + index] = (samples[first + index] ?? 0) + level * Math.sin(step * index);
      }
    }
  }
  return scaleTo(motif.peak, samples);
}

function scaleTo(peak: number, samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return highest === 0 ? samples : samples.map((sample) => (sample * peak) / highest);
}
