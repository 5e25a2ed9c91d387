import type { ReactNode } from 'react';
import { type Inline, parseMarkdown } from './parseMarkdown.ts';

/** The little Markdown that documents need, as elements: nothing in it becomes HTML. */
export function Markdown({ text }: { text: string }) {
  return parseMarkdown(text).map((block) => {
    const key = `${block.kind} ${block.line}`;
    switch (block.kind) {
      case 'heading':
        return block.level === 1 ? (
          <h2 key={key}>{inlines(block.content)}</h2>
        ) : (
          <h3 key={key}>{inlines(block.content)}</h3>
        );
      case 'list':
        return (
          <ul key={key}>
            {block.items.map((item) => (
              <li key={item.line}>{inlines(item.content)}</li>
            ))}
          </ul>
        );
      case 'paragraph':
        return <p key={key}>{inlines(block.content)}</p>;
      default:
        return block satisfies never;
    }
  });
}

function inlines(content: readonly Inline[]): ReactNode[] {
  return content.map((part) => {
    const key = `${part.kind} ${part.at}`;
    if (part.kind === 'bold') return <strong key={key}>{part.text}</strong>;
    if (part.kind === 'code') return <code key={key}>{part.text}</code>;
    if (part.kind === 'link') {
      return (
        <a key={key} href={part.href} target="_blank" rel="noreferrer">
          {part.text}
        </a>
      );
    }
    return part.text;
  });
}
