import { fold, foldWithPlaces } from './fold.ts';

/** Where a found word stands, in UTF-16 units of the text as it is shown; `to` is exclusive. */
export type Range = { from: number; to: number };

/** What a person looks for, made ready to be compared with many texts. */
export type Matcher = {
  /** Nothing is looked for: nothing matches. */
  isEmpty: boolean;
  isMatch: (text: string) => boolean;
  /** Where the words stand, in order and without overlaps; empty where not all of them do. */
  rangesIn: (text: string) => Range[];
};

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
/** Typed around words without meaning them; `@`, `#` and `+` begin what is looked for. */
const EDGES = /^[\p{Pi}\p{Ps}"'.,;:!?]+|[\p{Pf}\p{Pe}"'.,;:!?]+$/gu;
/** Longer queries compare their first words only. */
const MAX_WORDS = 12;

/**
 * All words of the query have to occur, in any order, each as the beginning of a word: `булк` finds `Булки`, and `row`
 * does not find `tomorrow`. What begins with a sign (`@anna`, an emoji) or is of a script without spaces occurs anywhere.
 */
export function createMatcher(query: string): Matcher {
  const words = wordsOf(query);

  function findIn(folded: string, word: string, from: number): number {
    let at = folded.indexOf(word, from);
    while (at >= 0 && !isWordStart(folded, at)) at = folded.indexOf(word, at + 1);
    return at;
  }
  return {
    isEmpty: words.length === 0,
    isMatch(text) {
      if (words.length === 0) return false;
      const folded = fold(text);
      return words.every((word) => findIn(folded, word, 0) >= 0);
    },
    rangesIn(text) {
      const { folded, places } = foldWithPlaces(text);
      const ranges: Range[] = [];
      for (const word of words) {
        let at = findIn(folded, word, 0);
        if (at < 0) return [];
        for (; at >= 0; at = findIn(folded, word, at + word.length)) ranges.push(rangeOf(at, word.length));
      }
      return join(ranges);

      function rangeOf(at: number, length: number): Range {
        const from = places[at] ?? text.length;
        let end = at + length;
        // Half of a letter that folds into two is shown whole.
        while (end < folded.length && places[end] === places[end - 1]) end += 1;
        return { from, to: places[end] ?? text.length };
      }
    },
  };
}

/** Whether all that matches `query` matches `earlier` as well: one typed on. */
export function isNarrower(query: string, earlier: string): boolean {
  const words = wordsOf(query);
  const before = wordsOf(earlier);
  return before.length > 0 && before.every((word) => words.some((longer) => longer.startsWith(word)));
}

function wordsOf(query: string): string[] {
  const typed = fold(query).split(/\s+/u);
  const words = typed.map((word) => word.replaceAll(EDGES, '') || word).filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_WORDS);
}

function isWordStart(folded: string, at: number): boolean {
  const first = signAt(folded, at);
  if (!LETTER_OR_DIGIT.test(first) || UNSPACED.test(first)) return true;
  const before = at === 0 ? '' : signAt(folded, at - 1);
  if (!LETTER_OR_DIGIT.test(before) || UNSPACED.test(before)) return true;
  return /\p{N}/u.test(first) !== /\p{N}/u.test(before);
}

/** The whole sign at a place, also from its second half. */
function signAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff;
  return String.fromCodePoint(text.codePointAt(isSecondHalf ? Math.max(0, at - 1) : at) ?? 0);
}

function join(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}
