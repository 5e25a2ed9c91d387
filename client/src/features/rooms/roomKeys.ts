/** Where a link leads in this app. What stands behind `#` is never sent to a server by itself. */
export function roomPath(key: string): string {
  return `/r#${encodeURIComponent(key)}`;
}

export function roomLink(origin: string, token: string): string {
  return origin + roomPath(token);
}

/** The key of an address's fragment; null: there is none, or it is cut in the middle of a sign. */
export function keyOf(hash: string): string | null {
  try {
    const key = decodeURIComponent(hash.replace(/^#/, '')).trim();
    return key === '' || key.length > LONGEST_KEY ? null : key;
  } catch {
    return null;
  }
}

/** The server takes no longer one. */
const LONGEST_KEY = 64;

/** What somebody typed or pasted where a code belongs: a whole link counts as its key. null: nothing of use. */
export function typedKey(text: string): string | null {
  const wanted = text.trim();
  const at = wanted.indexOf('#');
  return keyOf(at === -1 ? wanted : wanted.slice(at));
}
