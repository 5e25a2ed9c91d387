import { describe, expect, it } from 'vitest';
import { extendDown, extendUp, frameAround, frameAtEnd, openingFrame } from './frame.ts';

const END = Number.POSITIVE_INFINITY;

describe('the part of a chat that is read', () => {
  it('opens at the end and follows it', () => {
    expect(openingFrame(500)).toMatchObject({ fromSeq: 441, toSeq: END, anchor: END, target: null });
    expect(openingFrame(0)).toMatchObject({ fromSeq: 1, toSeq: END });
  });

  it('grows upwards to the first message and no further', () => {
    const once = extendUp(openingFrame(100));
    expect(once.fromSeq).toBe(1);
    expect(extendUp(once)).toBe(once);
  });

  it('jumps far back without reading all that lies between, and grows down until it follows the end', () => {
    const back = frameAround(openingFrame(1000), 100, 1000);
    expect(back).toMatchObject({ epoch: 1, fromSeq: 60, toSeq: 140, target: 100 });
    let frame = back;
    for (let i = 0; i < 20; i += 1) frame = extendDown(frame, 1000);
    expect(frame.toSeq).toBe(END);
    expect(frameAround(frame, 990, 1000).toSeq).toBe(END);
    expect(frameAtEnd(frame, 1000)).toMatchObject({ fromSeq: 941, toSeq: END, target: null });
  });
});
