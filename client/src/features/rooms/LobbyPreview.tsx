import {
  IconMicrophone,
  IconMicrophoneOff,
  IconSettings,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { LocalMedia } from '../../rtc/media/localMedia.ts';
import { CameraPreview } from '../calls/sheets/CameraPreview.tsx';
import { DeviceSelect } from '../calls/sheets/DeviceSelect.tsx';
import { LevelMeter } from '../calls/sheets/LevelMeter.tsx';
import { PermissionHelp } from '../calls/sheets/PermissionHelp.tsx';
import classes from './LobbyPreview.module.css';

/** How one looks and sounds; what is off here is off in the call. */
export function LobbyPreview({ media }: { media: LocalMedia }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  const state = useStoreOf(media.store, (all) => all);
  const { isMicrophoneOn, isCameraOn } = state;
  return (
    <div className={classes.root}>
      <CameraPreview media={media} />
      <div className={classes.switches}>
        <Toggle
          label={t('calls.microphone')}
          isOn={isMicrophoneOn}
          icon={
            isMicrophoneOn ? (
              <IconMicrophone size={26} stroke={1.75} />
            ) : (
              <IconMicrophoneOff size={26} stroke={1.75} />
            )
          }
          onClick={() => void media.setMicrophone(!isMicrophoneOn)}
        />
        <Toggle
          label={t('calls.camera')}
          isOn={isCameraOn}
          icon={isCameraOn ? <IconVideo size={26} stroke={1.75} /> : <IconVideoOff size={26} stroke={1.75} />}
          onClick={() => void media.setCamera(!isCameraOn)}
        />
        <button
          type="button"
          className={classes.toggle}
          data-on="true"
          aria-label={t('calls.devices')}
          title={t('calls.devices')}
          aria-expanded={isChoosing}
          onClick={() => setChoosing(!isChoosing)}
        >
          <IconSettings size={26} stroke={1.75} aria-hidden="true" />
        </button>
        <div className={classes.level}>
          {isMicrophoneOn && <LevelMeter key={state.microphoneId} media={media} />}
        </div>
      </div>
      {isChoosing && (
        <div className={classes.devices}>
          <DeviceSelect
            label={t('calls.microphone')}
            devices={state.microphones}
            chosenId={state.microphoneId}
            onChoose={(id) => void media.chooseMicrophone(id)}
          />
          <DeviceSelect
            label={t('calls.camera')}
            devices={state.cameras}
            chosenId={state.cameraId}
            onChoose={(id) => void media.chooseCamera(id)}
          />
          {state.canChooseSpeaker && (
            <DeviceSelect
              label={t('callSheets.speaker')}
              devices={state.speakers}
              chosenId={state.speakerId}
              onChoose={(id) => void media.chooseSpeaker(id)}
            />
          )}
        </div>
      )}
      <PermissionHelp media={media} isInCall={false} />
    </div>
  );
}

type ToggleProps = { label: string; isOn: boolean; icon: ReactNode; onClick: () => void };

function Toggle({ label, isOn, icon, onClick }: ToggleProps) {
  return (
    <button
      type="button"
      className={classes.toggle}
      data-on={isOn}
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
    >
      <span aria-hidden="true" className={classes.icon}>
        {icon}
      </span>
    </button>
  );
}
