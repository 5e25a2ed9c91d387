import { IconChevronDown, IconMicrophoneOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button } from '../../../components/Button.tsx';
import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import { canSetVolume, VolumeSlider } from '../sheets/VolumeSlider.tsx';
import classes from './PersonInCall.module.css';
import { personTileId } from './roomTiles.ts';
import type { RoomCall } from './useRoomCall.ts';

/** One who is in the call; `remote` null: oneself. A press shows what one can do about them. */
export function PersonInCall({ roomCall, remote }: { roomCall: RoomCall; remote: RemoteSnapshot | null }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { model, hold, myId } = roomCall;
  const { call, media, nameOf } = model;
  const userId = remote?.userId ?? myId;
  const name = nameOf(userId);
  const isMuted = remote ? remote.media?.isMicrophoneOn === false : !media.isMicrophoneOn;
  const isHandRaised = remote ? remote.media?.isHandRaised === true : call.isHandRaised;
  const roles = [
    ...(hold.hostId === userId ? [t('roomCall.host')] : []),
    ...(hold.guestIds.includes(userId) ? [t('roomCall.guest')] : []),
    ...(remote && remote.connection !== 'connected' ? [t(`callSheets.${remote.connection}`)] : []),
  ];
  const shown = remote ? name : t('roomCall.ofYou', { name });
  const content = (
    <>
      <Avatar id={userId} name={name} size={40} />
      <span className={classes.words}>
        <span className={classes.name}>{shown}</span>
        {roles.length > 0 && <span className={classes.roles}>{roles.join(' · ')}</span>}
      </span>
      {isHandRaised && (
        <span role="img" aria-label={t('roomCall.handOf', { name: shown })}>
          ✋
        </span>
      )}
      {isMuted && (
        <IconMicrophoneOff
          size={22}
          stroke={1.75}
          className={classes.quiet}
          aria-label={t('roomCall.microphoneOff')}
        />
      )}
    </>
  );
  if (!remote) return <li className={classes.row}>{content}</li>;
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        aria-expanded={isOpen}
        title={t('roomCall.actsFor', { name })}
        onClick={() => setOpen(!isOpen)}
      >
        {content}
        <IconChevronDown size={20} stroke={1.75} className={classes.chevron} aria-hidden="true" />
      </button>
      {isOpen && <Acts roomCall={roomCall} remote={remote} name={name} />}
    </li>
  );
}

function Acts({ roomCall, remote, name }: { roomCall: RoomCall; remote: RemoteSnapshot; name: string }) {
  const { t } = useTranslation();
  const [hasVolume] = useState(canSetVolume);
  const [isBusy, setBusy] = useState(false);
  const { model, hold, pinnedId, pin, showSheet, ask } = roomCall;
  const { participantId, userId, volume, media } = remote;
  const tileId = personTileId(participantId);
  const isPinned = pinnedId === tileId;
  const person = { id: userId, name };

  function mute(): void {
    setBusy(true);
    void hold.acts.mute(userId).finally(() => setBusy(false));
  }
  return (
    <div className={classes.acts}>
      {hasVolume && (
        <VolumeSlider
          name={name}
          volume={volume}
          onChange={(next) => model.session.setVolume(participantId, next)}
        />
      )}
      <div className={classes.buttons}>
        <Button
          look="soft"
          size="small"
          onClick={() => {
            pin(isPinned ? null : tileId);
            showSheet(null);
          }}
        >
          {isPinned ? t('roomCall.unpin', { name }) : t('roomCall.pin', { name })}
        </Button>
        {hold.isHost && media?.isMicrophoneOn && (
          <Button look="soft" size="small" isBusy={isBusy} onClick={mute}>
            {t('roomCall.mute')}
          </Button>
        )}
        {hold.isHost && (
          <>
            <Button look="soft" size="small" onClick={() => ask({ kind: 'handOver', person })}>
              {t('roomCall.makeHost')}
            </Button>
            <Button look="plain" size="small" onClick={() => ask({ kind: 'remove', person })}>
              {t('roomCall.remove')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
