import { createId } from '@ahoy/shared/domain/ids.ts';
import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { Segments } from '../../components/Segments.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './CreateRoomForm.module.css';
import { LifeChoice } from './LifeChoice.tsx';
import { nextHour, parseLocalTime, toLocalTime } from './localTime.ts';
import { useCreateRoom } from './useCreateRoom.ts';

type Props = {
  /** It is there, and on this device. */
  onCreated: (chatId: string) => void;
};

const DAY_MS = 24 * 60 * 60_000;

/** What it is called, when it begins, who may come. */
export function CreateRoomForm({ onCreated }: Props) {
  const { t } = useTranslation();
  const whenId = useId();
  const me = useMe();
  const create = useCreateRoom(onCreated);
  // One id for all tries: a second press, or a lost answer, makes no second room.
  const [id] = useState(createId);
  const [title, setTitle] = useState<string>(() => t('rooms.defaultTitle', { name: me?.person.name ?? '' }));
  const [media, setMedia] = useState<CallMedia>('video');
  const [starts, setStarts] = useState<'now' | 'later'>('now');
  const [startText, setStartText] = useState(() => toLocalTime(nextHour(new Date())));
  const [lifeHours, setLifeHours] = useState<number>(LIMITS.roomLifeHours);
  const [hasWaitingRoom, setWaitingRoom] = useState(true);
  const [allowsGuests, setAllowsGuests] = useState(true);
  const [isChecked, setChecked] = useState(false);

  const startsAt = starts === 'later' ? parseLocalTime(startText) : null;
  const now = Date.now();
  const isTimeWrong =
    starts === 'later' &&
    (startsAt === null ||
      startsAt.getTime() < now ||
      startsAt.getTime() > now + LIMITS.roomStartMaxDays * DAY_MS);

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (title.trim() === '' || isTimeWrong) return;
    create.mutate({
      ...{ id, title: title.trim(), media, lifeHours, hasWaitingRoom, allowsGuests },
      startsAt: startsAt?.toISOString() ?? null,
    });
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div className={classes.fields}>
        <TextField
          label={t('rooms.title')}
          maxLength={LIMITS.nameLength}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={isChecked && title.trim() === '' ? t('rooms.titleMissing') : undefined}
        />
        <Segments<CallMedia>
          label={t('rooms.media')}
          options={[
            { value: 'video', label: t('rooms.video') },
            { value: 'audio', label: t('rooms.audio') },
          ]}
          value={media}
          onChange={setMedia}
        />
        <Segments<'now' | 'later'>
          label={t('rooms.when')}
          options={[
            { value: 'now', label: t('rooms.now') },
            { value: 'later', label: t('rooms.later') },
          ]}
          value={starts}
          onChange={setStarts}
        />
        {starts === 'later' && (
          <TextField
            id={whenId}
            type="datetime-local"
            label={t('rooms.startLabel')}
            value={startText}
            onChange={(event) => setStartText(event.currentTarget.value)}
            error={isChecked && isTimeWrong ? t('rooms.timeWrong') : undefined}
          />
        )}
        <LifeChoice hours={lifeHours} onChange={setLifeHours} />
      </div>
      <SwitchRow
        title={t('rooms.waitingRoom')}
        hint={t(hasWaitingRoom ? 'rooms.waitingRoomOn' : 'rooms.waitingRoomOff')}
        isOn={hasWaitingRoom}
        onChange={setWaitingRoom}
      />
      <SwitchRow
        title={t('rooms.guests')}
        hint={t(allowsGuests ? 'rooms.guestsOn' : 'rooms.guestsOff')}
        isOn={allowsGuests}
        onChange={setAllowsGuests}
      />
      <div className={classes.submit}>
        <FormError text={create.error ? errorText(t, create.error) : undefined} />
        <Button type="submit" isWide isBusy={create.isPending}>
          {create.isPending ? t('rooms.creating') : t('rooms.create')}
        </Button>
      </div>
    </form>
  );
}
