import { IconCameraRotate, IconPinFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { useMyId } from '../../../components/useMyId.ts';
import type { CallModel } from '../screens/callModel.ts';
import { TrackVideo } from '../screens/TrackVideo.tsx';
import type { Placed } from './arrange.ts';
import classes from './RoomTile.module.css';
import type { StageTile } from './roomTiles.ts';
import { TileName } from './TileName.tsx';
import { TileReactions } from './TileReactions.tsx';

type Props = {
  model: CallModel;
  tile: StageTile;
  place: Placed;
  /** A picture and nothing more. */
  isBare: boolean;
  isPinned: boolean;
  onPin: (tileId: string | null) => void;
};

/** From here on there is room for more than a name. */
const ROOMY_PX = 150;

/** One person in the call, with what is to be known of them, or a screen that somebody shows. A press makes it large. */
export function RoomTile({ model, tile, place, isBare, isPinned, onPin }: Props) {
  const { t } = useTranslation();
  const myId = useMyId();
  const { call, media, session, nameOf } = model;
  const { remote, track, kind } = tile;
  const { box, size } = place;
  const isPerson = kind === 'person';
  const userId = remote?.userId ?? myId;
  const name = remote ? nameOf(userId) : t('roomCall.you');
  const isSpeaking = isPerson && (remote ? remote.isSpeaking : call.isSpeaking && media.isMicrophoneOn);
  const isHandRaised = isPerson && (remote ? remote.media?.isHandRaised === true : call.isHandRaised);
  const isAway = remote !== null && remote.connection !== 'connected';
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set: it holds a picture
    <div
      className={classes.tile}
      role="group"
      aria-label={kind === 'screen' ? t('roomCall.screenName', { name }) : name}
      style={box}
      data-kind={kind}
      data-size={size}
      data-speaking={(isSpeaking && !isBare) || undefined}
      data-away={isAway || undefined}
    >
      {track ? (
        <TrackVideo
          track={track}
          label={pictureLabel()}
          isMirrored={!remote && media.facing !== 'environment'}
          isWhole={!isPerson}
          isLarge={isPerson && box.width > box.height}
        />
      ) : (
        <Avatar id={userId} name={remote ? name : nameOf(myId)} size={faceSize(box)} />
      )}
      {!isBare && (
        <>
          {isAway && (
            <p className={classes.state}>
              {remote.connection === 'connecting' ? t('calls.connecting') : t('calls.reconnecting')}
            </p>
          )}
          <button
            type="button"
            className={classes.pin}
            aria-pressed={isPinned}
            aria-label={pinLabel()}
            onClick={() => onPin(isPinned ? null : tile.id)}
          />
          <TileName model={model} tile={tile} name={name} isRoomy={box.width >= ROOMY_PX} />
          <div className={classes.signs}>
            {isPinned && (
              <span className={classes.sign}>
                <IconPinFilled size={18} aria-hidden="true" />
              </span>
            )}
            {isHandRaised && (
              <span className={classes.sign} role="img" aria-label={t('roomCall.handOf', { name })}>
                ✋
              </span>
            )}
          </div>
          {!remote && track && media.canFlipCamera && box.width >= ROOMY_PX && (
            <button
              type="button"
              className={classes.flip}
              aria-label={t('calls.flipCamera')}
              title={t('calls.flipCamera')}
              onClick={() => void session.media.flipCamera()}
            >
              <IconCameraRotate size={20} stroke={1.75} aria-hidden="true" />
            </button>
          )}
          {isPerson && <TileReactions model={model} participantId={remote?.participantId ?? null} />}
        </>
      )}
    </div>
  );

  function pictureLabel(): string {
    if (!remote) return t('roomCall.yourPicture');
    return isPerson ? t('calls.pictureOf', { name }) : t('calls.screenOf', { name });
  }

  function pinLabel(): string {
    const label = remote ? name : nameOf(myId);
    if (isPerson) return isPinned ? t('roomCall.unpin', { name: label }) : t('roomCall.pin', { name: label });
    return isPinned ? t('roomCall.unpinScreen', { name }) : t('roomCall.pinScreen', { name });
  }
}

function faceSize({ width, height }: Placed['box']): number {
  return Math.round(Math.min(152, Math.max(28, Math.min(width, height) * 0.46)));
}
