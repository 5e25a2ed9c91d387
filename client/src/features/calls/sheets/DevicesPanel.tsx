import '@mantine/core/styles/Switch.css';
import { Switch } from '@mantine/core';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import type { LocalMedia, LocalMediaState } from '../../../rtc/media/localMedia.ts';
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
        {canTryMicrophone(state) && <Microphone media={media} />}
        <section className={shared.section} aria-label={t('callSheets.speaker')}>
          <h2 className={shared.heading}>{t('callSheets.speaker')}</h2>
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

function Microphone({ media }: { media: LocalMedia }) {
  const { t } = useTranslation();
  const { isMicrophoneOn, microphones, microphoneId, problems } = useStoreOf(media.store, (state) => state);
  return (
    <section className={shared.section} aria-label={t('callSheets.microphone')}>
      <h2 className={shared.heading}>{t('callSheets.microphone')}</h2>
      {isMicrophoneOn && <LevelMeter key={microphoneId} media={media} />}
      {!isMicrophoneOn && problems.microphone === null && (
        // A bar that cannot move needs a word.
        <div className={classes.line}>
          <p className={shared.note}>{t('callSheets.microphoneOff')}</p>
          <Button look="plain" size="small" onClick={() => void media.setMicrophone(true)}>
            {t('callSheets.microphoneOn')}
          </Button>
        </div>
      )}
      <DeviceSelect
        label={t('callSheets.microphone')}
        devices={microphones}
        chosenId={microphoneId}
        onChoose={(id) => void media.chooseMicrophone(id)}
      />
    </section>
  );
}

/** Where it is refused and none is known, the help above says all there is to say. */
function canTryMicrophone({ problems, microphones }: LocalMediaState): boolean {
  return problems.microphone === null || microphones.length > 0;
}
