import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { IconBan } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { Row } from '../../components/Row.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useDateWords } from '../../components/useDateWords.ts';
import { useNow } from '../../components/useNow.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import classes from './PersonSheet.module.css';
import { presenceWords } from './presenceWords.ts';
import { useBlocking } from './useBlocking.ts';

type Props = {
  person: Person;
  hasBlocked: boolean;
  isOpen: boolean;
  onClose: () => void;
  /** Rows about the chat with them, above the way out. */
  children?: ReactNode;
};

/** Who somebody is, and the way to hear nothing of them any more. */
export function PersonSheet({ person, hasBlocked, isOpen, onClose, children }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const { isBusy, block, unblock } = useBlocking(person);

  // Not when it closes: it would change while it goes away.
  useEffect(() => {
    if (isOpen) setAsking(false);
  }, [isOpen]);

  if (isAsking) {
    const { name } = person;
    return (
      <Sheet
        isOpen={isOpen}
        onClose={onClose}
        title={t('contacts.blockAsk', { name })}
        subtitle={t('contacts.blockHint', { name })}
      >
        <div className={classes.actions}>
          <Button look="urgent" isWide isBusy={isBusy} onClick={() => block(onClose)}>
            {t('contacts.block')}
          </Button>
          <Button look="plain" isWide onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={person.name} subtitle={atName(person)}>
      <div className={classes.person}>
        <Face person={person} />
        {person.about && <p className={classes.about}>{person.about}</p>}
      </div>
      {children}
      {hasBlocked ? (
        <div className={classes.actions}>
          <Button look="soft" isWide isBusy={isBusy} onClick={unblock}>
            {t('contacts.unblock')}
          </Button>
        </div>
      ) : (
        <Row
          icon={<IconBan size={24} stroke={1.75} />}
          title={t('contacts.block')}
          tone="urgent"
          onClick={() => setAsking(true)}
        />
      )}
    </Sheet>
  );
}

const atName = ({ username }: Person) => (username === null ? undefined : `@${username}`);

function Face({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { presence } = useServices();
  const words = useDateWords();
  const now = useNow(30_000);
  const seen = useStoreOf(presence.store, (current) => current.people[person.id]);
  const said = presenceWords(t, words, seen, now);
  return (
    <>
      <Avatar id={person.id} name={person.name} size={96} isOnline={seen?.isOnline ?? false} />
      {said !== null && <p className={classes.presence}>{said}</p>}
    </>
  );
}
