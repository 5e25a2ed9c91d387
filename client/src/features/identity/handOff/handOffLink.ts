/** A link that signs in another browser: `#<token>`, and `&to=<path>` where one goes on. */
export interface HandOffLink {
  token: string;
  /** As the link says it; whoever follows it looks whether it is a path of ours. */
  to: string | null;
}

const LINK = /^#([\w-]{22,128})(?:&to=(.*))?$/s;

/** null for a link that is cut, or none. */
export function parseHandOff(hash: string): HandOffLink | null {
  const [, token, to] = LINK.exec(hash) ?? [];
  if (!token) return null;
  return { token, to: to === undefined ? null : decoded(to) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // No path of ours has a lone percent sign.
  }
}

/** Who is signed in here already, as seen beside the account that the link opens. */
export type Standing = 'nobody' | 'same' | 'other';

type Someone = { id: string; name: string; username: string | null };

export function standingOf(linked: Someone, here: Someone | null): Standing {
  if (!here) return 'nobody';
  return here.id === linked.id ? 'same' : 'other';
}
