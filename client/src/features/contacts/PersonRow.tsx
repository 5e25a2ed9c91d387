import type { ReactNode } from 'react';
import { Avatar } from '../../components/Avatar.tsx';
import { Highlight } from '../../components/Highlight.tsx';
import { useIsWide } from '../../components/useIsWide.ts';
import classes from './PeopleBrowser.module.css';

type Props = {
  id: string;
  name: string;
  kind?: 'person' | 'saved';
  /** Of who may be none of those whom the device knows. */
  photoId?: string;
  /** What was looked for, in the name. */
  ranges?: readonly { from: number; to: number }[];
  isOnline?: boolean;
  note: ReactNode;
  onOpen: () => void;
};

/** A person to talk to: one tap opens the chat. */
export function PersonRow(props: Props) {
  const { id, name, kind = 'person', photoId, ranges = [], isOnline = false, note, onOpen } = props;
  const size = useIsWide() ? 46 : 52;
  return (
    <li>
      <button type="button" className={classes.row} onClick={onOpen}>
        <Avatar {...{ id, name, kind, photoId, size, isOnline }} />
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
