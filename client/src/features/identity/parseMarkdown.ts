export type Inline = { at: number; text: string } & (
  | { kind: 'text' | 'bold' | 'code' }
  | { kind: 'link'; href: string }
);

export type Block =
  | { kind: 'heading'; line: number; level: 1 | 2; content: Inline[] }
  | { kind: 'paragraph'; line: number; content: Inline[] }
  | { kind: 'list'; line: number; items: { line: number; content: Inline[] }[] };

const INLINE = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s)]+|mailto:[^\s)]+|\/[^\s)]*)\)/g;

/** Headings, paragraphs, lists, bold, code and links to http, mail and this server; the rest stays text. */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let words: string[] = [];
  let start = 0;
  const endParagraph = () => {
    if (words.length === 0) return;
    blocks.push({ kind: 'paragraph', line: start, content: parseInlines(words.join(' ')) });
    words = [];
  };

  // An indented line goes on with the one above it.
  const joined = text.replaceAll(/\r?\n[ \t]+(?=[^\s*-])/g, ' ');
  for (const [line, raw] of joined.split(/\r?\n/).entries()) {
    const heading = /^(#{1,6})\s+(.+)$/.exec(raw);
    const item = /^[-*]\s+(.+)$/.exec(raw);
    const last = blocks.at(-1);
    if (heading) {
      endParagraph();
      const level = heading[1] === '#' ? 1 : 2;
      blocks.push({ kind: 'heading', line, level, content: parseInlines(heading[2] ?? '') });
    } else if (item) {
      const content = parseInlines(item[1] ?? '');
      if (words.length === 0 && last?.kind === 'list') last.items.push({ line, content });
      else {
        endParagraph();
        blocks.push({ kind: 'list', line, items: [{ line, content }] });
      }
    } else if (raw.trim() === '') {
      endParagraph();
    } else {
      if (words.length === 0) start = line;
      words.push(raw.trim());
    }
  }
  endParagraph();
  return blocks;
}

function parseInlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, code, label, href] = match;
    if (match.index > end) parts.push({ kind: 'text', at: end, text: text.slice(end, match.index) });
    if (href !== undefined) parts.push({ kind: 'link', at: match.index, text: label ?? href, href });
    else if (bold !== undefined) parts.push({ kind: 'bold', at: match.index, text: bold });
    else parts.push({ kind: 'code', at: match.index, text: code ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', at: end, text: text.slice(end) });
  return parts;
}
