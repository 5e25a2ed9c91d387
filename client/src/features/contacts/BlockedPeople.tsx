import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { errorText } from '../../i18n/errorText.ts';
import classes from './BlockedPeople.module.css';
import { useBlocking } from './useBlocking.ts';

/** Whom I block, as the server knows it now; each one can be unblocked. */
export function BlockedPeople() {
  const { t } = useTranslation();
  const { contacts } = useApiQueries();
  const blocked = useInfiniteQuery(
    contacts.blocked.infiniteOptions({
      input: (after: string | undefined) => ({ after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  if (blocked.error) {
    return (
      <EmptyState
        role="alert"
        text={t('contacts.blockedFailed')}
        hint={errorText(t, blocked.error)}
        action={{ label: t('common.retry'), onClick: () => void blocked.refetch(), look: 'soft' }}
      />
    );
  }
  if (!blocked.data) return <SkeletonRows count={3} shape="icon" />;
  const people = blocked.data.pages.flatMap((page) => page.people);
  if (people.length === 0)
    return <EmptyState text={t('contacts.noneBlocked')} hint={t('contacts.noneBlockedHint')} />;
  return (
    <RowGroup>
      <ul>
        {people.map((person) => (
          <BlockedRow key={person.id} person={person} />
        ))}
      </ul>
      {blocked.hasNextPage && (
        <Row title={t('contacts.showMore')} onClick={() => void blocked.fetchNextPage()} />
      )}
    </RowGroup>
  );
}

function BlockedRow({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { isBusy, unblock } = useBlocking(person);
  return (
    <li className={classes.row}>
      <Avatar id={person.id} name={person.name} photoId={person.photoId} size={40} />
      <span className={classes.words}>
        <span className={classes.name}>{person.name}</span>
        {person.username !== null && <span className={classes.username}>@{person.username}</span>}
      </span>
      <Button
        look="plain"
        size="small"
        className={classes.unblock}
        isBusy={isBusy}
        aria-label={t('contacts.unblockPerson', { name: person.name })}
        onClick={unblock}
      >
        {t('contacts.unblock')}
      </Button>
    </li>
  );
}
