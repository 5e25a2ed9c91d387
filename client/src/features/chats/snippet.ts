import type { Range } from '../../offline/search/matcher.ts';

/** So much of the text before the first match fits on a row beside it. */
const LEAD = 20;
const LENGTH = 160;

/** One line around the first match, with the ranges moved along; where words are left out before it stands `…`. */
export function snippetOf(text: string, ranges: readonly Range[]): { text: string; ranges: Range[] } {
  const first = ranges[0]?.from ?? 0;
  const start = first <= LEAD ? 0 : wordStartAfter(text, first - LEAD, first);
  const lead = start > 0 ? '…' : '';
  const line = text.slice(start, start + LENGTH).replaceAll(/\s/gu, ' ');
  const shift = lead.length - start;
  const moved = ranges
    .map(({ from, to }) => ({ from: from + shift, to: Math.min(to, start + LENGTH) + shift }))
    .filter(({ from, to }) => from < to);
  return { text: lead + line, ranges: moved };
}

/** The beginning of a word at or after `from`, and not behind `limit`. */
function wordStartAfter(text: string, from: number, limit: number): number {
  const space = text.slice(from, limit).search(/\s\S/u);
  return space < 0 ? limit : from + space + 1;
}
