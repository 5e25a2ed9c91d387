import { describe, expect, it } from 'vitest';
import { chooseSpeaker, NOBODY_SPEAKS, nextChoiceIn, type SpeakerChoice, STAYS_MS } from './speakerChoice.ts';

const PRESENT = ['ann', 'bob', 'cid'];

/** Goes through what is heard from each moment on, and says who is large in the end. */
function heardUntil(...heard: readonly (readonly [now: number, ...speaking: string[]])[]): SpeakerChoice {
  return heard.reduce(
    (choice, [now, ...speaking]) => chooseSpeaker(choice, { present: PRESENT, speaking, now }),
    NOBODY_SPEAKS,
  );
}

describe('who is large because they speak', () => {
  it('is nobody before anybody speaks, and then the first at once', () => {
    expect(heardUntil([0]).current).toBeNull();
    expect(heardUntil([0], [10, 'bob']).current).toBe('bob');
  });

  it('stays while nobody else speaks', () => {
    expect(heardUntil([0, 'bob'], [60_000]).current).toBe('bob');
  });

  it('gives way to who speaks on, not to a cough', () => {
    expect(heardUntil([0, 'bob'], [5_000, 'ann'], [5_300]).current).toBe('bob');
    expect(heardUntil([0, 'bob'], [5_000, 'ann'], [5_800, 'ann']).current).toBe('ann');
  });

  it('is not exchanged within two seconds', () => {
    expect(heardUntil([0, 'bob'], [500, 'ann'], [1_500, 'ann']).current).toBe('bob');
    expect(heardUntil([0, 'bob'], [500, 'ann'], [2_100, 'ann']).current).toBe('ann');
  });

  it('keeps the place for a while when another joins in, and then gives it to who came later', () => {
    expect(heardUntil([0, 'bob'], [3_000, 'bob', 'ann'], [5_000, 'bob', 'ann']).current).toBe('bob');
    expect(heardUntil([0, 'bob'], [3_000, 'bob', 'ann'], [7_500, 'bob', 'ann']).current).toBe('ann');
  });

  it('does not swing between two who both speak on', () => {
    const swapped = heardUntil(
      [0, 'bob'],
      [3_000, 'bob', 'ann'],
      [7_500, 'bob', 'ann'],
      [30_000, 'bob', 'ann'],
    );
    expect(swapped.current).toBe('ann');
  });

  it('leaves the place with the call', () => {
    const before = heardUntil([0, 'bob']);
    expect(chooseSpeaker(before, { present: ['ann'], speaking: ['bob'], now: 100 }).current).toBeNull();
    expect(chooseSpeaker(before, { present: ['ann'], speaking: ['ann'], now: 100 }).current).toBe('ann');
  });

  it('says when to look again, and then has something to decide', () => {
    const before = heardUntil([0, 'bob'], [500, 'ann']);
    const wait = nextChoiceIn(before, 500);
    expect(wait).toBe(STAYS_MS - 500);
    const then = chooseSpeaker(before, { present: PRESENT, speaking: ['ann'], now: 500 + (wait ?? 0) });
    expect(then.current).toBe('ann');
    expect(nextChoiceIn(then, 2_000)).toBeNull();
    expect(nextChoiceIn(heardUntil([0, 'bob']), 100)).toBeNull();
  });
});
