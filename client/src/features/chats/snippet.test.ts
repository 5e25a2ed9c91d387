import { describe, expect, it } from 'vitest';
import { createMatcher } from '../../offline/search/matcher.ts';
import { snippetOf } from './snippet.ts';

function show(text: string, query: string): string {
  const snippet = snippetOf(text, createMatcher(query).rangesIn(text));
  return [...snippet.ranges].reverse().reduce((line, { from, to }) => {
    return `${line.slice(0, from)}[${line.slice(from, to)}]${line.slice(to)}`;
  }, snippet.text);
}

describe('the line of a found message', () => {
  it('is its beginning where the match stands near it', () => {
    expect(show('Кофе и булки,\nуже выхожу', 'булк уже')).toBe('Кофе и [булк]и, [уже] выхожу');
  });
  it('begins with a word shortly before the match, and keeps later matches in place', () => {
    const text = 'A very long beginning that nobody asked for, then the boat and the boat again';
    expect(show(text, 'boat')).toBe('…for, then the [boat] and the [boat] again');
    expect(show(`${'x'.repeat(300)} boat`, 'boat')).toBe('…[boat]');
  });
  it('ends in time, without half a mark behind its end', () => {
    const text = `boat ${'word '.repeat(60)}boat`;
    expect(show(text, 'boat').startsWith('[boat] word')).toBe(true);
    expect(snippetOf(text, createMatcher('boat').rangesIn(text)).ranges).toHaveLength(1);
  });
});
