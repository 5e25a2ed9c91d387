import { describe, expect, it } from 'vitest';
import { avatarHue, initials } from './initials.ts';

describe('initials', () => {
  it('takes the first letters of the first and the last word', () => {
    expect(initials('Konstantin Arvid Bergström')).toBe('KB');
    expect(initials('Konstantin Bergström-Oyelaran')).toBe('KB');
    expect(initials('александра лебедева')).toBe('АЛ');
  });

  it('takes one letter of a lone word, and of a hyphenated name both', () => {
    expect(initials('Marta')).toBe('M');
    expect(initials('Anna-Lena')).toBe('AL');
  });

  it('skips what is no letter or digit, and gives nothing when there is none', () => {
    expect(initials('🐚 Family (2)')).toBe('F2');
    expect(initials('  🐚 ')).toBe('');
  });
});

describe('the hue of an avatar', () => {
  it('is the same for the same id', () => {
    expect(avatarHue('0192f0aa-1')).toBe(avatarHue('0192f0aa-1'));
  });

  it('uses all eight hues', () => {
    const hues = new Set(Array.from({ length: 200 }, (_, index) => avatarHue(`person ${index}`)));
    expect(hues.size).toBe(8);
  });
});
