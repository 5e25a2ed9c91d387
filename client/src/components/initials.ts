const AVATAR_HUES = [
  '#2f6f8f',
  '#8a5a2b',
  '#4f6b3a',
  '#8b4a5b',
  '#5a5b94',
  '#1f7370',
  '#9a4b37',
  '#55626b',
] as const;

/** One of eight hues, the same for an id everywhere (FNV-1a over its UTF-16 units). */
export function avatarHue(id: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return AVATAR_HUES[(hash >>> 0) % AVATAR_HUES.length] ?? AVATAR_HUES[0];
}

/** First letters of the first and the last word, in upper case; a lone word gives one letter, two if it is hyphenated. */
export function initials(name: string): string {
  const words = lettersOf(name, /\s+/u);
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : lettersOf(name, /[\s\-_.]+/u);
  return (first + last).toLocaleUpperCase();
}

function lettersOf(name: string, between: RegExp): string[] {
  return name.split(between).flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? []);
}
