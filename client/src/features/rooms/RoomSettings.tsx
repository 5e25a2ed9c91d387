import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import { IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { Row } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { TextField } from '../../components/TextField.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { LifeChoice } from './LifeChoice.tsx';
import classes from './RoomSettings.module.css';

const HOUR_MS = 60 * 60_000;

/** What its maker and its host may change. */
export function RoomSettings({ room }: { room: Room }) {
  const { t } = useTranslation();
  const { rooms } = useApiQueries();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { chatId } = room;
  const keep = {
    onSuccess(answer: { room: Room }) {
      client.setQueryData(rooms.read.queryKey({ input: { chatId } }), answer);
      void client.invalidateQueries({ queryKey: rooms.list.key() });
    },
  };
  const update = useMutation(rooms.update.mutationOptions(keep));
  const revoke = useMutation(rooms.revoke.mutationOptions(keep));
  const wanted = { ...room, lifeHours: undefined, ...(update.isPending && update.variables) };
  const from = Math.max(Date.parse(room.startsAt ?? room.createdAt), Date.parse(room.createdAt));
  const hours = wanted.lifeHours ?? Math.max(1, Math.round((Date.parse(room.expiresAt) - from) / HOUR_MS));

  if (isAsking) {
    return (
      <div className={classes.ask}>
        <p>{t('rooms.revokeHint')}</p>
        <FormError text={revoke.error ? errorText(t, revoke.error) : undefined} />
        <Button look="urgent" isWide isBusy={revoke.isPending} onClick={() => revoke.mutate({ chatId })}>
          {t('rooms.revoke')}
        </Button>
        <Button look="plain" isWide onClick={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <div className={classes.life}>
        <TextField
          key={room.title}
          label={t('rooms.title')}
          maxLength={LIMITS.nameLength}
          defaultValue={room.title}
          onBlur={(event) => {
            const title = event.currentTarget.value.trim();
            if (title !== '' && title !== room.title) update.mutate({ chatId, title });
          }}
        />
      </div>
      <SwitchRow
        title={t('rooms.waitingRoom')}
        hint={t(wanted.hasWaitingRoom ? 'rooms.waitingRoomOn' : 'rooms.waitingRoomOff')}
        isOn={wanted.hasWaitingRoom}
        onChange={(hasWaitingRoom) => update.mutate({ chatId, hasWaitingRoom })}
      />
      <SwitchRow
        title={t('rooms.guests')}
        hint={t(wanted.allowsGuests ? 'rooms.guestsOn' : 'rooms.guestsOff')}
        isOn={wanted.allowsGuests}
        onChange={(allowsGuests) => update.mutate({ chatId, allowsGuests })}
        error={update.error ? errorText(t, update.error) : undefined}
      />
      <div className={classes.life}>
        <LifeChoice hours={hours} onChange={(lifeHours) => update.mutate({ chatId, lifeHours })} />
      </div>
      <Row
        icon={<IconLinkOff size={24} stroke={1.75} />}
        title={t('rooms.revoke')}
        tone="urgent"
        onClick={() => setAsking(true)}
      />
    </>
  );
}
