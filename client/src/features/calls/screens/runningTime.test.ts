import { expect, it } from 'vitest';
import { runningTime } from './runningTime.ts';

it('shows minutes and seconds, and hours once there are any', () => {
  expect(runningTime(0)).toBe('0:00');
  expect(runningTime(767.9)).toBe('12:47');
  expect(runningTime(3600 + 4 * 60 + 7)).toBe('1:04:07');
});

it('shows nought while the clock of the other side is ahead', () => {
  expect(runningTime(-3)).toBe('0:00');
});
