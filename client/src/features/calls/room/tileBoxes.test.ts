import { describe, expect, it } from 'vitest';
import { type Area, type Box, gridBoxes, mosaicBoxes, stageBoxes } from './tileBoxes.ts';

const PHONE: Area = { width: 374, height: 616 };
const PHONE_LYING: Area = { width: 820, height: 250 };
const DESKTOP: Area = { width: 1232, height: 610 };
const AREAS = [PHONE, PHONE_LYING, DESKTOP, { width: 700, height: 640 }];

function columnsOf(boxes: readonly Box[]): number {
  return boxes.filter(({ top }) => top === boxes[0]?.top).length;
}

function isInside({ left, top, width, height }: Box, area: Area): boolean {
  return (
    left >= -0.01 && top >= -0.01 && left + width <= area.width + 0.01 && top + height <= area.height + 0.01
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width - 0.01 &&
    other.left < one.left + one.width - 0.01 &&
    one.top < other.top + other.height - 0.01 &&
    other.top < one.top + one.height - 0.01
  );
}

describe('tiles of one size', () => {
  it('stand one above the other on a phone, and two by two from four on', () => {
    expect([1, 2, 3, 4].map((count) => columnsOf(gridBoxes(count, PHONE)))).toEqual([1, 1, 1, 2]);
  });

  it('stand beside each other on a desktop, and in two rows from three on', () => {
    expect([1, 2, 3, 4].map((count) => columnsOf(gridBoxes(count, DESKTOP)))).toEqual([1, 2, 2, 2]);
  });

  it('have the last row in the middle', () => {
    const [, , last] = gridBoxes(3, DESKTOP);
    expect((last?.left ?? 0) + (last?.width ?? 0) / 2).toBeCloseTo(DESKTOP.width / 2);
  });

  it('are never a slit: nobody is cut down to a nose', () => {
    for (let count = 1; count <= 16; count += 1) {
      for (const { width, height } of gridBoxes(count, DESKTOP)) {
        expect(width / height).toBeGreaterThanOrEqual(1.19);
        expect(width / height).toBeLessThanOrEqual(2.01);
      }
    }
  });
});

describe('every arrangement', () => {
  it('stays on the stage, and no tile covers another', () => {
    for (const area of AREAS) {
      for (let count = 1; count <= 16; count += 1) {
        const { large, small } = stageBoxes({ large: Math.min(2, count), small: count - 1 }, area);
        for (const boxes of [gridBoxes(count, area), mosaicBoxes(count, area), [...large, ...small]]) {
          expect(boxes.every((box) => isInside(box, area))).toBe(true);
          const pairs = boxes.flatMap((one, at) => boxes.slice(at + 1).map((other) => [one, other] as const));
          expect(pairs.some(([one, other]) => overlap(one, other))).toBe(false);
        }
      }
    }
  });
});

describe('a large picture', () => {
  it('has the others below it on a phone, and at its side on a desktop', () => {
    const below = stageBoxes({ large: 1, small: 3 }, PHONE);
    expect(below.small.every(({ top }) => top > (below.large[0]?.height ?? 0))).toBe(true);
    const side = stageBoxes({ large: 1, small: 3 }, DESKTOP);
    expect(side.small.every(({ left }) => left > (side.large[0]?.width ?? 0))).toBe(true);
  });

  it('takes everything where nobody else is', () => {
    expect(stageBoxes({ large: 1, small: 0 }, PHONE).large).toEqual([{ left: 0, top: 0, ...PHONE }]);
  });

  it('says for how many others there is room', () => {
    expect(stageBoxes({ large: 1, small: 15 }, PHONE).small.length).toBe(4);
    expect(stageBoxes({ large: 1, small: 15 }, DESKTOP).small.length).toBe(4);
    expect(stageBoxes({ large: 1, small: 15 }, PHONE_LYING).small.length).toBeGreaterThanOrEqual(3);
  });

  it('puts two screens one above the other on a phone, and beside each other on a desktop', () => {
    expect(columnsOf(stageBoxes({ large: 2, small: 3 }, PHONE).large)).toBe(1);
    expect(columnsOf(stageBoxes({ large: 2, small: 3 }, { width: 1800, height: 610 }).large)).toBe(2);
  });
});

describe('the floating window', () => {
  it('is filled: three stand as one and two', () => {
    const boxes = mosaicBoxes(3, { width: 132, height: 186 });
    expect(boxes.map(({ width }) => width)).toEqual([132, 65, 65]);
  });
});
