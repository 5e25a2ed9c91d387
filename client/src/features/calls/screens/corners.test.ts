import { expect, it } from 'vitest';
import { cornerByKey, nearestCorner } from './corners.ts';

const around = { left: 0, top: 0, width: 400, height: 800 };

it('takes what was dropped to the nearest corner', () => {
  expect(nearestCorner({ left: 10, top: 30, width: 100, height: 100 }, around)).toBe('topLeft');
  expect(nearestCorner({ left: 250, top: 30, width: 100, height: 100 }, around)).toBe('topRight');
  expect(nearestCorner({ left: 10, top: 500, width: 100, height: 100 }, around)).toBe('bottomLeft');
  expect(nearestCorner({ left: 200, top: 700, width: 100, height: 100 }, around)).toBe('bottomRight');
});

it('goes from corner to corner by the arrow keys, and stays where there is none beyond', () => {
  expect(cornerByKey('bottomRight', 'ArrowUp')).toBe('topRight');
  expect(cornerByKey('topRight', 'ArrowLeft')).toBe('topLeft');
  expect(cornerByKey('topLeft', 'ArrowLeft')).toBe('topLeft');
  expect(cornerByKey('topLeft', 'ArrowDown')).toBe('bottomLeft');
  expect(cornerByKey('topLeft', 'Enter')).toBeNull();
});
