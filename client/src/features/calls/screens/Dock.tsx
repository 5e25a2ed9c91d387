import {
  IconDots,
  IconMessageCircle,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
  IconVolume,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsWide } from '../../../components/useIsWide.ts';
import { HandsetDown } from './CallIcons.tsx';
import type { CallModel, CallView } from './callModel.ts';
import classes from './Dock.module.css';
import { DockButton } from './DockButton.tsx';

const ICON = { size: 26, stroke: 1.75, 'aria-hidden': true } as const;

type Props = {
  model: CallModel;
  view: CallView;
  onChat: () => void;
  onDevices: () => void;
  onMore: () => void;
};

/** What one does in a call. On a desktop there is room for what a phone has below *More*. */
export function Dock({ model, view, onChat, onDevices, onMore }: Props) {
  const { t } = useTranslation();
  const isWide = useIsWide();
  const { session, media } = model;
  const { isMicrophoneOn, isCameraOn, isScreenOn, canShareScreen } = media;
  const own = session.media;
  return (
    <div className={classes.dock} role="toolbar" aria-label={t('calls.controls')}>
      <DockButton
        label={t('calls.microphone')}
        icon={isMicrophoneOn ? <IconMicrophone {...ICON} /> : <IconMicrophoneOff {...ICON} />}
        isOn={isMicrophoneOn}
        onClick={() => void own.setMicrophone(!isMicrophoneOn)}
      />
      <DockButton
        label={t('calls.camera')}
        icon={isCameraOn ? <IconVideo {...ICON} /> : <IconVideoOff {...ICON} />}
        isOn={isCameraOn}
        onClick={() => void own.setCamera(!isCameraOn)}
      />
      {isWide && canShareScreen && (
        <DockButton
          label={isScreenOn ? t('calls.stopSharing') : t('calls.shareScreen')}
          icon={isScreenOn ? <IconScreenShareOff {...ICON} /> : <IconScreenShare {...ICON} />}
          onClick={() => void own.setScreen(!isScreenOn)}
        />
      )}
      {isWide && (
        <button
          type="button"
          className={classes.button}
          aria-label={t('calls.chat')}
          aria-expanded={view === 'beside'}
          title={t('calls.chat')}
          onClick={onChat}
        >
          <IconMessageCircle {...ICON} />
        </button>
      )}
      <DockButton label={t('calls.devices')} icon={<IconVolume {...ICON} />} onClick={onDevices} />
      <DockButton label={t('calls.more')} icon={<IconDots {...ICON} />} onClick={onMore} />
      <button
        type="button"
        className={classes.end}
        aria-label={t('calls.end')}
        title={t('calls.end')}
        onClick={() => void session.hangUp()}
      >
        <HandsetDown />
      </button>
    </div>
  );
}
