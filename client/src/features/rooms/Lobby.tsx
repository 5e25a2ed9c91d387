import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { RoomView } from '@ahoy/shared/protocol/rooms.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useMainButton } from '../../components/useMainButton.ts';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import { keepGuestName, recallGuestName } from './guestName.ts';
import classes from './Lobby.module.css';
import { LobbyPreview } from './LobbyPreview.tsx';
import { RoomFacts } from './RoomFacts.tsx';
import { RoomFrame } from './RoomFrame.tsx';
import { roomPath } from './roomKeys.ts';
import type { LobbyMedia } from './useLobbyMedia.ts';

export type LobbyWish = { name: string };

type Props = {
  room: RoomView;
  roomKey: string;
  devices: LobbyMedia;
  /** The host has been told. */
  isWaiting: boolean;
  isBusy: boolean;
  error: unknown;
  onJoin: (wish: LobbyWish) => void;
  /** Waits no longer. */
  onLeave: () => void;
};

/** Before the call: who one is, how one looks and sounds, and one button. */
export function Lobby({ room, roomKey, devices, isWaiting, isBusy, error, onJoin, onLeave }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const isGuest = me === null || me.guestOf !== undefined;
  const [name, setName] = useState(() => me?.person.name ?? recallGuestName(localStorage));
  const [isChecked, setChecked] = useState(false);
  const isShut = isGuest && !room.allowsGuests;
  const isFull = room.people >= room.limit;

  const canJoin = !isShut && !isWaiting && !(isFull && isGuest);
  const joinText = isBusy ? t('rooms.joining') : t(room.hasWaitingRoom ? 'rooms.askToJoin' : 'rooms.join');
  const isTelegramsButton = useMainButton(
    canJoin ? { text: joinText, isActive: !isBusy, isBusy, onPress: join } : null,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    join();
  }

  function join() {
    setChecked(true);
    const own = name.trim();
    if (isGuest && own === '') return;
    if (isGuest) keepGuestName(localStorage, own);
    onJoin({ name: own });
  }

  return (
    <RoomFrame
      title={room.title}
      lead={<RoomFacts room={room} />}
      picture={devices.media && <LobbyPreview media={devices.media} />}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {rest()}
        {isGuest && !isWaiting && (
          <p className={classes.door}>
            {t('rooms.haveAccount')}{' '}
            <Link href="/sign-in" state={{ next: roomPath(roomKey) }}>
              {t('identity.signIn')}
            </Link>
          </p>
        )}
      </form>
    </RoomFrame>
  );

  function rest() {
    if (isShut) {
      return (
        <p className={classes.notice} role="status">
          {t('rooms.noGuests', { name: room.hostName })}
        </p>
      );
    }
    if (isWaiting) {
      return (
        <>
          <div className={classes.notice} role="status">
            <b>{t('rooms.waitingTitle')}</b>
            <p>{t('rooms.waitingHint', { name: room.hostName })}</p>
          </div>
          <Button look="plain" isWide onClick={onLeave}>
            {t('rooms.stopWaiting')}
          </Button>
        </>
      );
    }
    return (
      <>
        {isGuest ? (
          <TextField
            label={t('rooms.yourName')}
            help={t('rooms.nameHint')}
            name="name"
            autoComplete="name"
            maxLength={LIMITS.nameLength}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isChecked && name.trim() === '' ? t('identity.nameMissing') : undefined}
          />
        ) : (
          <p className={classes.as}>{t('rooms.joinAs', { name: me.person.name })}</p>
        )}
        {isFull && (
          <p className={classes.notice} role="status">
            {t('rooms.full', { count: room.limit })}
          </p>
        )}
        <FormError text={error ? errorText(t, error) : undefined} />
        {!isTelegramsButton && (
          <Button type="submit" isWide isBusy={isBusy} disabled={isFull && isGuest}>
            {joinText}
          </Button>
        )}
      </>
    );
  }
}
