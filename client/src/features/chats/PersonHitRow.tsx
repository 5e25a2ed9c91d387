import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useMemo } from 'react';
import { Avatar } from '../../components/Avatar.tsx';
import { Highlight } from '../../components/Highlight.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { createMatcher } from '../../offline/search/matcher.ts';
import classes from './ChatRow.module.css';

type Props = {
  person: Person;
  query: string;
  index: number;
  isTabStop: boolean;
  avatarSize: number;
  onOpen: (person: Person) => void;
};

/** Someone known to the device; a tap opens the chat, or makes it. */
export function PersonHitRow({ person, query, index, isTabStop, avatarSize, onOpen }: Props) {
  const { presence } = useServices();
  const isOnline = useStoreOf(presence.store, (now) => now.people[person.id]?.isOnline ?? false);
  const matcher = useMemo(() => createMatcher(query), [query]);
  const handle = person.username ? `@${person.username}` : '';
  return (
    <button
      type="button"
      className={classes.row}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      onClick={() => onOpen(person)}
    >
      <Avatar id={person.id} name={person.name} size={avatarSize} isOnline={isOnline} />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>
            <Highlight text={person.name} ranges={matcher.rangesIn(person.name)} />
          </span>
        </span>
        {(handle || person.about) && (
          <span className={classes.line}>
            <span className={classes.preview}>
              {handle ? <Highlight text={handle} ranges={matcher.rangesIn(handle)} /> : person.about}
            </span>
          </span>
        )}
      </span>
    </button>
  );
}
