import { expect, test } from 'vitest';
import { sharedText } from './sharedText.ts';

const of = (given: Record<string, string>) => sharedText(`?${new URLSearchParams(given)}`);

test('title, text and link stand one below the other', () => {
  expect(of({ title: 'Tides', text: 'Low at nine', url: 'https://a.example/?b=1&c' })).toBe(
    'Tides\nLow at nine\nhttps://a.example/?b=1&c',
  );
});

test('nothing is said twice', () => {
  expect(of({ title: 'Tides', text: 'Tides https://a.example', url: 'https://a.example' })).toBe(
    'Tides https://a.example',
  );
  expect(of({ title: 'https://a.example', url: 'https://a.example' })).toBe('https://a.example');
});

test('what is missing is left out, line breaks and other scripts stay', () => {
  expect(of({ text: ' Одна\nдве ' })).toBe('Одна\nдве');
  expect(of({ title: 'Only a title' })).toBe('Only a title');
  expect(sharedText('')).toBe('');
});
