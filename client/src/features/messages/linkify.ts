export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/** Candidates only; `hrefOf` decides. Bare `www.` and addresses of mail are taken as well. */
const CANDIDATE =
  /(?:https?:\/\/|mailto:|www\.)[^\s<>"']+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '»': '«' };

/** Splits what a person typed into text and safe links: http, https and mailto, nothing else. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = trimEnd(match[0]);
    const href = hrefOf(shown);
    if (!href) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function hrefOf(shown: string): string | null {
  const isWeb = /^https?:\/\//i.test(shown);
  const isMail = /^mailto:/i.test(shown);
  const candidate = isWeb || isMail ? shown : /^www\./i.test(shown) ? `https://${shown}` : `mailto:${shown}`;
  const url = URL.parse(candidate);
  if (!url) return null;
  if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // `https://bank.example@evil.example` only looks like the bank.
  return url.username || url.password ? null : url.href;
}

/** Punctuation at the end belongs to the sentence; a closing bracket only to the link that opened it. */
function trimEnd(candidate: string): string {
  let shown = candidate;
  for (;;) {
    const last = shown.at(-1) ?? '';
    const opening = CLOSING[last];
    const isLoose = opening !== undefined && count(shown, last) > count(shown, opening);
    if (!isLoose && !/[.,:;!?…*_~]/.test(last)) return shown;
    shown = shown.slice(0, -1);
  }
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

const EMOJI = /^(?:\p{RGI_Emoji}\s*){1,3}$/v;

/** One to three emoji and nothing else: shown big. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 64 && EMOJI.test(text.trim());
}
