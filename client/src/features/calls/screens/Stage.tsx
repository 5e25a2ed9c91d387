import { useTranslation } from 'react-i18next';
import type { CallModel } from './callModel.ts';
import { RemoteTile } from './RemoteTile.tsx';
import classes from './Stage.module.css';
import { TrackVideo } from './TrackVideo.tsx';

/** The pictures of the others, however many there are; while it rings, one's own. */
export function Stage({ model }: { model: CallModel }) {
  const { t } = useTranslation();
  const { call, media, nameOf, onlyRemote } = model;
  const own =
    call.remotes.length === 0 && call.phase !== 'ended' && media.isCameraOn ? media.tracks.camera : null;
  return (
    <div className={classes.stage} data-many={call.remotes.length > 1 || undefined}>
      {call.phase !== 'ended' &&
        call.remotes.map((remote) => (
          <RemoteTile
            key={remote.participantId}
            remote={remote}
            name={nameOf(remote.userId)}
            isAlone={onlyRemote !== null}
          />
        ))}
      {own && (
        <div className={classes.own}>
          <TrackVideo
            track={own}
            label={t('calls.camera')}
            isLarge
            isMirrored={media.facing !== 'environment'}
          />
        </div>
      )}
    </div>
  );
}
