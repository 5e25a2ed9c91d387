import type { Knock } from '@ahoy/shared/protocol/rooms.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { type RoomActs, useRoom } from './useRoom.ts';
import classes from './WaitingList.module.css';

/** For the host, above a room's chat: who waits at the door. Nothing for anyone else. */
export function WaitingList({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const { waiting, acts } = useRoom(chatId);
  if (waiting.length === 0) return null;
  return (
    <section className={classes.list} aria-label={t('rooms.waitingPeople')} aria-live="polite">
      {waiting.map((knock) => (
        <Waiting key={knock.person.id} knock={knock} acts={acts} />
      ))}
    </section>
  );
}

function Waiting({ knock, acts }: { knock: Knock; acts: RoomActs }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const { person, isGuest } = knock;
  const run = (act: (personId: string) => Promise<boolean>) => {
    setBusy(true);
    void act(person.id).finally(() => setBusy(false));
  };
  return (
    <div className={classes.row}>
      <Avatar id={person.id} name={person.name} photoId={person.photoId} size={40} />
      <div className={classes.words}>
        <p className={classes.name}>{person.name}</p>
        <p className={classes.note}>{t(isGuest ? 'rooms.guestWaits' : 'rooms.waits')}</p>
      </div>
      <div className={classes.acts}>
        <Button look="plain" size="small" isBusy={isBusy} onClick={() => run(acts.refuse)}>
          {t('rooms.refuse')}
        </Button>
        <Button look="soft" size="small" isBusy={isBusy} onClick={() => run(acts.admit)}>
          {t('rooms.admit')}
        </Button>
      </div>
    </div>
  );
}
