import { IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import type { RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import { CallSignal } from './CallSignal.tsx';
import { picturesOf } from './pictures.ts';
import classes from './Stage.module.css';
import { TrackVideo } from './TrackVideo.tsx';

type Props = {
  remote: RemoteSnapshot;
  name: string;
  /** The only one: the screen around says who it is. */
  isAlone: boolean;
};

/** One other device: its screen with its camera small beside it, its camera, or its avatar. */
export function RemoteTile({ remote, name, isAlone }: Props) {
  const { t } = useTranslation();
  const { camera, screen } = picturesOf(remote);
  return (
    <div
      className={classes.tile}
      data-alone={isAlone || undefined}
      data-shares={screen !== null || undefined}
      data-speaking={remote.isSpeaking || undefined}
    >
      {screen && (
        <div className={classes.picture}>
          <TrackVideo track={screen} label={t('calls.screenOf', { name })} isWhole />
        </div>
      )}
      {camera && (
        <div className={screen ? classes.small : classes.picture}>
          <TrackVideo track={camera} label={t('calls.pictureOf', { name })} isLarge={isAlone && !screen} />
        </div>
      )}
      {!isAlone && (
        <>
          {!camera && !screen && <Avatar id={remote.userId} name={name} size={84} />}
          <span className={classes.name}>
            {remote.media?.isMicrophoneOn === false && (
              <IconMicrophoneOff size={16} stroke={2} aria-label={t('calls.theirMicrophoneOff', { name })} />
            )}
            <span>{name}</span>
            {remote.quality && <CallSignal bars={remote.quality.bars} />}
          </span>
        </>
      )}
    </div>
  );
}
