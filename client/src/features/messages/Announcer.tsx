import type { Line } from '@ahoy/shared/domain/project.ts';
import { useEffect, useState } from 'react';
import classes from './ChatPage.module.css';

type Props = {
  newest: Line | undefined;
  nameOf: (senderId: string) => string;
  textOf: (line: Line) => string;
};

/** Reads new messages of others out, politely; what was there before is not new. */
export function Announcer({ newest, nameOf, textOf }: Props) {
  const [heardSeq, setHeardSeq] = useState(newest?.seq ?? 0);
  const [said, setSaid] = useState('');
  const seq = newest?.seq ?? 0;
  const text = newest ? `${nameOf(newest.senderId)}: ${textOf(newest)}` : '';

  useEffect(() => {
    if (seq <= heardSeq) return;
    setHeardSeq(seq);
    setSaid(text);
  }, [seq, heardSeq, text]);

  return (
    <p className={classes.announcer} aria-live="polite">
      {said}
    </p>
  );
}
