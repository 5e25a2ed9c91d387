import { expect, it } from 'vitest';
import { createMessageChime } from './messageChime.ts';

it('a message that comes while somebody looks is heard, a burst once', () => {
  const { chime, time, played } = setUp();
  chime.look(true);
  chime.count(3);
  time.now += 5_000;
  chime.count(4);
  chime.count(5);
  expect(played()).toBe(1);
  time.now += 2_500;
  chime.count(6);
  expect(played()).toBe(2);
});

it('reading is not heard, nor is what was there before', () => {
  const { chime, time, played } = setUp();
  chime.look(true);
  time.now += 5_000;
  chime.count(7);
  chime.count(2);
  expect(played()).toBe(0);
});

it('what is caught up with on coming back is not heard, and nothing where nobody looks', () => {
  const { chime, time, played } = setUp();
  chime.count(0);
  time.now += 5_000;
  chime.count(1);
  chime.look(true);
  chime.count(2);
  time.now += 5_000;
  chime.look(false);
  chime.count(3);
  expect(played()).toBe(0);
});

it('nothing is heard where messages are to be silent', () => {
  const { chime, time, played } = setUp(false);
  chime.look(true);
  chime.count(0);
  time.now += 5_000;
  chime.count(1);
  expect(played()).toBe(0);
});

function setUp(isHeard = true) {
  const time = { now: 0 };
  let count = 0;
  const play = () => {
    count += 1;
  };
  const chime = createMessageChime({ play, isHeard: () => isHeard, now: () => time.now });
  return { chime, time, played: () => count };
}
