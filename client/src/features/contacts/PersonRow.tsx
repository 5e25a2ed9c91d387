import type { ReactNode } from 'react';
import { Avatar } from '../../components/Avatar.tsx';
import { Highlight } from '../../components/Highlight.tsx';
import { useIsWide } from '../../components/useIsWide.ts';
import classes from './PeopleBrowser.module.css';

type Props = {
  id: string;
  name: string;
  kind?: 'person' | 'saved';
  /** What was looked for, in the name. */
  ranges?: readonly { from: number; to: number }[];
  isOnline?: boolean;
  note: ReactNode;
  onOpen: () => void;
};

/** A person to talk to: one tap opens the chat. */
export function PersonRow({ id, name, kind = 'person', ranges = [], isOnline = false, note, onOpen }: Props) {
  const size = useIsWide() ? 46 : 52;
  return (
    <li>
      <button type="button" className={classes.row} onClick={onOpen}>
        <Avatar id={id} name={name} kind={kind} size={size} isOnline={isOnline} />
        <span className={classes.words}>
          <span className={classes.name}>
            <Highlight text={name} ranges={ranges} />
          </span>
          {note && <span className={classes.note}>{note}</span>}
        </span>
      </button>
    </li>
  );
}
