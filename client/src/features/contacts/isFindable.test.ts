import { describe, expect, it } from 'vitest';
import { isFindable } from './isFindable.ts';

describe('what is worth asking the server for', () => {
  it('takes whole usernames and addresses', () => {
    for (const query of ['anna', '@anna_1', 'anna@club.example']) expect(isFindable(query)).toBe(true);
  });
  it('leaves out what can be nobody yet', () => {
    for (const query of [
      '',
      '@',
      'an',
      '@an',
      'anna@',
      'anna@club',
      'Анна',
      'two words',
      `a${'b'.repeat(40)}`,
    ])
      expect(isFindable(query)).toBe(false);
  });
});
