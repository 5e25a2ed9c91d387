import type { ReactNode } from 'react';
import classes from './Highlight.module.css';

type Props = {
  text: string;
  /** In order and without overlaps; `to` is exclusive. */
  ranges: readonly { from: number; to: number }[];
};

/** A text with what was looked for marked in it. */
export function Highlight({ text, ranges }: Props) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of ranges) {
    parts.push(text.slice(at, from));
    parts.push(
      <mark key={from} className={classes.mark}>
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  return [...parts, text.slice(at)];
}
