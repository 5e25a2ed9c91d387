import { IconCameraRotate, IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import classes from './CameraPreview.module.css';

/** One's own picture, the way a mirror shows it; dark while the camera is off. */
export function CameraPreview({ media }: { media: LocalMedia }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { tracks, isCameraOn, facing, canFlipCamera } = useStoreOf(media.store, (state) => state);
  const track = isCameraOn ? tracks.camera : null;

  useEffect(() => {
    const element = video.current;
    if (!element || !track) return;
    element.srcObject = new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track]);

  return (
    <div className={classes.frame}>
      {track ? (
        <video
          ref={video}
          className={classes.video}
          data-mirrored={facing !== 'environment'}
          aria-label={t('callSheets.ownPicture')}
          autoPlay
          playsInline
          muted
        />
      ) : (
        <p className={classes.off}>
          <IconVideoOff size={26} stroke={1.75} aria-hidden="true" />
          {isCameraOn ? t('callSheets.cameraStarting') : t('callSheets.cameraOff')}
        </p>
      )}
      {track && canFlipCamera && (
        <button
          type="button"
          className={classes.flip}
          aria-label={t('callSheets.flip')}
          title={t('callSheets.flip')}
          onClick={() => void media.flipCamera()}
        >
          <IconCameraRotate size={24} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
