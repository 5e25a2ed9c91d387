import { IconMicrophoneOff, IconMoonStars, IconScreenShare, IconVideoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CallSignal } from '../screens/CallSignal.tsx';
import type { CallModel } from '../screens/callModel.ts';
import { barsHere } from './barsHere.ts';
import classes from './RoomTile.module.css';
import type { StageTile } from './roomTiles.ts';

type Props = { model: CallModel; tile: StageTile; name: string; isRoomy: boolean };

/** Below a picture: who it is, whether they can be heard and seen, and how good the link is. */
export function TileName({ model, tile, name, isRoomy }: Props) {
  const { t } = useTranslation();
  const { remote, kind } = tile;
  const isPerson = kind === 'person';
  const isMuted = remote ? remote.media?.isMicrophoneOn === false : !model.media.isMicrophoneOn;
  const bars = remote ? (remote.quality?.bars ?? null) : barsHere(model.call.remotes);
  return (
    <span className={classes.name}>
      {isPerson && isMuted && (
        <IconMicrophoneOff size={16} stroke={2} aria-label={t('roomCall.microphoneOff')} />
      )}
      {isPerson && remote?.media?.isPictureHeld && (
        <IconVideoOff size={16} stroke={2} aria-label={t('calls.theirCameraHeld', { name })} />
      )}
      {isPerson && remote?.media?.isInBackground && (
        <IconMoonStars size={16} stroke={2} aria-label={t('calls.inBackground', { name })} />
      )}
      {!isPerson && <IconScreenShare size={16} stroke={2} aria-hidden="true" />}
      <span className={classes.words}>{name}</span>
      {isPerson && isRoomy && bars !== null && <CallSignal bars={bars} />}
    </span>
  );
}
