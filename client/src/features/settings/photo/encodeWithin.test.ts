import { expect, it } from 'vitest';
import { encodeWithin } from './encodeWithin.ts';

const base64Of = (bytes: number) => Buffer.alloc(bytes).toString('base64');

it('a picture is as good as fits, to the byte', () => {
  const tried: number[] = [];
  const encode = (quality: number) => {
    tried.push(Number(quality.toFixed(2)));
    return base64Of(Math.round(quality * 100));
  };
  expect(encodeWithin(encode, 100)).toBe(base64Of(86));
  expect(tried.splice(0)).toEqual([0.86]);
  expect(encodeWithin(encode, 78)).toBe(base64Of(78));
  expect(encodeWithin(encode, 77)).toBe(base64Of(70));
});

it('what never fits is as small as it gets', () => {
  expect(encodeWithin((quality) => base64Of(Math.round(quality * 100)), 1)).toBe(base64Of(30));
});
