import { IconCameraRotate } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallModel } from './callModel.ts';
import classes from './SelfView.module.css';
import { TrackVideo } from './TrackVideo.tsx';
import { useCorner } from './useCorner.ts';

/** One's own picture, small, in whichever corner it was put. */
export function SelfView({ model, track }: { model: CallModel; track: MediaStreamTrack }) {
  const { t } = useTranslation();
  const { session, media } = model;
  const element = useRef<HTMLDivElement>(null);
  const { corner, handlers } = useCorner(element, 'bottomRight');
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set: it holds a picture
    <div
      ref={element}
      className={classes.self}
      data-corner={corner}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move it
      tabIndex={0}
      aria-label={t('calls.ownPicture')}
      {...handlers}
    >
      <TrackVideo track={track} label={t('calls.camera')} isMirrored={media.facing !== 'environment'} />
      {media.canFlipCamera && (
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
    </div>
  );
}
