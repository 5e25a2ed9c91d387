import '@mantine/core/styles/Switch.css';
import { Switch } from '@mantine/core';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import { CameraPreview } from './CameraPreview.tsx';
import { DeviceSelect } from './DeviceSelect.tsx';
import classes from './DevicesPanel.module.css';
import { LevelMeter } from './LevelMeter.tsx';
import { PermissionHelp } from './PermissionHelp.tsx';
import { SpeakerTest } from './SpeakerTest.tsx';
import shared from './sheets.module.css';

type Props = {
  media: LocalMedia;
  /** Nobody else uses it: opened when this comes, closed when it goes. */
  ownsMedia: boolean;
};

/** Camera, microphone and speaker: what they see and hear, and which they are. */
export function DevicesPanel({ media, ownsMedia }: Props) {
  const { t } = useTranslation();
  const cameraId = useId();
  const state = useStoreOf(media.store, (all) => all);

  useEffect(() => {
    if (!ownsMedia) return;
    void media.open({ microphone: true, camera: false });
    return () => media.close();
  }, [media, ownsMedia]);

  return (
    <>
      <PermissionHelp media={media} isInCall={!ownsMedia} />
      <div className={shared.body}>
        <section className={shared.section} aria-label={t('callSheets.camera')}>
          <CameraPreview media={media} />
          <label className={classes.line} htmlFor={cameraId}>
            <span className={shared.heading}>{t('callSheets.camera')}</span>
            <Switch
              id={cameraId}
              checked={state.isCameraOn}
              onChange={(event) => void media.setCamera(event.currentTarget.checked)}
              size="lg"
              withThumbIndicator={false}
              classNames={{ track: classes.track }}
            />
          </label>
          <p className={shared.note}>{ownsMedia ? t('callSheets.tryBefore') : t('callSheets.othersSee')}</p>
          <DeviceSelect
            label={t('callSheets.camera')}
            devices={state.cameras}
            chosenId={state.cameraId}
            onChoose={(id) => void media.chooseCamera(id)}
          />
        </section>
        <section className={shared.section} aria-label={t('callSheets.microphone')}>
          <h3 className={shared.heading}>{t('callSheets.microphone')}</h3>
          {state.isMicrophoneOn ? (
            <LevelMeter key={state.microphoneId} media={media} />
          ) : (
            <Muted media={media} />
          )}
          <DeviceSelect
            label={t('callSheets.microphone')}
            devices={state.microphones}
            chosenId={state.microphoneId}
            onChoose={(id) => void media.chooseMicrophone(id)}
          />
        </section>
        <section className={shared.section} aria-label={t('callSheets.speaker')}>
          <h3 className={shared.heading}>{t('callSheets.speaker')}</h3>
          {state.canChooseSpeaker ? (
            <DeviceSelect
              label={t('callSheets.speaker')}
              devices={state.speakers}
              chosenId={state.speakerId}
              onChoose={(id) => void media.chooseSpeaker(id)}
            />
          ) : (
            <p className={shared.note}>{t('callSheets.speakerSystem')}</p>
          )}
          <SpeakerTest speakerId={state.canChooseSpeaker ? state.speakerId : null} />
        </section>
      </div>
    </>
  );
}

/** A bar that cannot move needs a word. */
function Muted({ media }: { media: LocalMedia }) {
  const { t } = useTranslation();
  const { problems } = useStoreOf(media.store, (state) => state);
  // The help above tells what to do.
  if (problems.microphone) return null;
  return (
    <div className={classes.line}>
      <p className={shared.note}>{t('callSheets.microphoneOff')}</p>
      <Button look="plain" size="small" onClick={() => void media.setMicrophone(true)}>
        {t('callSheets.microphoneOn')}
      </Button>
    </div>
  );
}
