import { memo } from 'react';
import classes from './Bubble.module.css';
import { linkify } from './linkify.ts';

/** What a person typed, with its line breaks and safe links. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  let at = 0;
  return linkify(text).map((part) => {
    const key = at;
    at += part.text.length;
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <a
        key={key}
        className={classes.link}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        tabIndex={-1}
      >
        {part.text}
      </a>
    );
  });
});
