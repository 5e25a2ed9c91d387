/** A letter with its marks; everything else stands alone. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Texts of these signs alone need no decomposing: ASCII, Russian, usual punctuation. */
const PLAIN = /^[\s -~\u00ab\u00bb\u0410-\u044f\u0401\u0451\u2013\u2014\u2018-\u201e]*$/;
/** Letters of their own, not decomposed by Unicode, which people type without their stroke. */
const STROKES: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ı: 'i', ŧ: 't' },
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ', ƒ: 'f' },
};
const STROKED = /[øłđħıŧßæœþςƒ]/g;
const BREVE = '\u0306';

/** A text as it is compared: small letters without diacritics, `ё` as `е`. `й` stays: it is a letter of its own. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replaceAll('ё', 'е');
  let folded = '';
  for (const [cluster] of text.matchAll(CLUSTER)) folded += foldCluster(cluster);
  return folded;
}

/** The same, with the place in `text` where each unit of the folded text comes from, and the end of `text` after them. */
export function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  for (const match of text.matchAll(CLUSTER)) {
    const piece = foldCluster(match[0]);
    for (let unit = 0; unit < piece.length; unit += 1) places.push(match.index);
    folded += piece;
  }
  places.push(text.length);
  return { folded, places };
}

function foldCluster(cluster: string): string {
  const parts = cluster.normalize('NFKD').toLowerCase();
  const bare = parts.replaceAll(/\p{M}/gu, (mark, at: number) =>
    mark === BREVE && parts[at - 1] === 'и' ? mark : '',
  );
  return bare.normalize('NFC').replaceAll(STROKED, (letter) => STROKES[letter] ?? letter);
}
