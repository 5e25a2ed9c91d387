import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithPlaces } from './fold.ts';
import { createMatcher } from './matcher.ts';

const marked = (query: string, text: string) =>
  createMatcher(query)
    .rangesIn(text)
    .map(({ from, to }) => text.slice(from, to));

describe('what is looked for', () => {
  it('is found whatever its case, its diacritics, and with е for ё', () => {
    expect(marked('ЕЛКА', 'Ёлка')).toEqual(['Ёлка']);
    expect(marked('ёлка', 'Елка')).toEqual(['Елка']);
    expect(marked('bergstrom', 'Anna BERGSTRÖM')).toEqual(['BERGSTRÖM']);
    expect(marked('crème', 'Cre\u0300me brûlée')).toEqual(['Cre\u0300me']);
    expect(marked('lodz', 'Łódź')).toEqual(['Łódź']);
    expect(marked('strasse', 'Straße 5')).toEqual(['Straße']);
  });

  it('tells й from и', () => {
    expect(marked('мои', 'мой дом')).toEqual([]);
    expect(marked('мой', 'Мой дом')).toEqual(['Мой']);
    expect(marked('мой', 'Мои\u0306 дом')).toEqual(['Мои\u0306']);
  });

  it('begins a word, so that a word is found by its stem', () => {
    expect(marked('булк', 'Кофе и булки')).toEqual(['булк']);
    expect(marked('row', 'tomorrow')).toEqual([]);
    expect(marked('row', 'tomorrow we row, rowing')).toEqual(['row', 'row']);
  });

  it('are all of its words, in any order', () => {
    expect(marked('булки кофе', 'Кофе и булки')).toEqual(['Кофе', 'булки']);
    expect(marked('булки чай', 'Кофе и булки')).toEqual([]);
    expect(marked(' , ', 'any')).toEqual([]);
  });

  it('may be a number, a time, a name with @, an emoji, or a script without spaces', () => {
    expect(marked('4471', 'Код от калитки №4471.')).toEqual(['4471']);
    expect(marked('14:05', 'паром в 14:05?')).toEqual(['14:05']);
    expect(marked('@anna', 'ask @Anna_b, not anna')).toEqual(['@Anna']);
    expect(marked('anna', 'ask @Anna_b')).toEqual(['Anna']);
    expect(marked('😄', 'вёслах😄')).toEqual(['😄']);
    expect(marked('東京', '私は東京に住む')).toEqual(['東京']);
    expect(marked('«булки»', 'Булки')).toEqual(['Булки']);
  });

  it('is marked in whole signs of the text, and is marked exactly where it is found', () => {
    const sign = fc.constantFrom(...'aеёйИи\u0306\u0301 ßΣς1️⃣😄ﬁŁé東.@-_'.split(/(?=)/u));
    const text = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(text, text, (shown, query) => {
        const { folded, places } = foldWithPlaces(shown);
        expect(folded).toBe(fold(shown));
        expect(places).toHaveLength(folded.length + 1);
        const matcher = createMatcher(query);
        const ranges = matcher.rangesIn(shown);
        expect(ranges.length > 0).toBe(matcher.isMatch(shown));
        for (const { from, to } of ranges) expect(to).toBeGreaterThan(from);
      }),
      { numRuns: 2_000 },
    );
  });
});
