import { expect, test } from 'vitest';
import { type Loop, MOTIFS, type Tone } from './motifs.ts';
import { renderMotif } from './renderMotif.ts';

const RATE = 16_000;
const names: (Loop | Tone)[] = [
  'ring',
  'ringBack',
  'connected',
  'reconnecting',
  'ended',
  'busy',
  'knock',
  'message',
];

test.each(names)('%s is as long and as loud as it says, and begins and ends in silence', (name) => {
  const motif = MOTIFS[name];
  const samples = renderMotif(motif, RATE);
  expect(samples.length / RATE).toBeCloseTo(motif.seconds, 3);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(peak).toBeCloseTo(motif.peak, 3);
  expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.001);
  for (const sample of samples.slice(-80)) expect(Math.abs(sample)).toBeLessThan(0.002);
});

test('the ringtone strikes four times, the last highest', () => {
  const samples = renderMotif(MOTIFS.ring, RATE);
  const loudness = (from: number) => {
    const part = samples.slice(from * RATE, (from + 0.05) * RATE);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  };
  for (const strike of [0.2, 0.95, 1.15]) {
    expect(loudness(strike + 0.005)).toBeGreaterThan(loudness(strike - 0.05));
  }
  const [, , , last] = MOTIFS.ring.notes;
  expect(Math.max(...MOTIFS.ring.notes.map((note) => note.hertz))).toBe(last?.hertz);
});
