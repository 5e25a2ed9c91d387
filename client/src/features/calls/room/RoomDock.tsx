import {
  IconDots,
  IconHandStop,
  IconLayoutGrid,
  IconMicrophone,
  IconMicrophoneOff,
  IconMoodSmile,
  IconScreenShare,
  IconScreenShareOff,
  IconUserSquareRounded,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsWide } from '../../../components/useIsWide.ts';
import { HandsetDown } from '../screens/CallIcons.tsx';
import dock from '../screens/Dock.module.css';
import { DockButton } from '../screens/DockButton.tsx';
import { ReactionBar } from './ReactionBar.tsx';
import classes from './RoomDock.module.css';
import type { RoomCall } from './useRoomCall.ts';

const ICON = { size: 26, stroke: 1.75, 'aria-hidden': true } as const;

/** What one does in a room's call. On a desktop there is room for what a phone has below *More*. */
export function RoomDock({ roomCall }: { roomCall: RoomCall }) {
  const { t } = useTranslation();
  const isWide = useIsWide();
  const [isReacting, setReacting] = useState(false);
  const { model, mode, setMode, showSheet } = roomCall;
  const { session, media, call } = model;
  const { isMicrophoneOn, isCameraOn, isScreenOn, canShareScreen } = media;
  const own = session.media;
  const canShare = canShareScreen && (isScreenOn || !call.areScreensTaken);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what was opened here before it makes the call small
    <div
      className={classes.foot}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isReacting) return;
        event.preventDefault();
        setReacting(false);
      }}
    >
      {isReacting && isWide && (
        <div className={classes.reactions}>
          <ReactionBar onReact={session.react} />
        </div>
      )}
      <div className={dock.dock} role="toolbar" aria-label={t('calls.controls')}>
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
        {canShare && (
          <DockButton
            label={isScreenOn ? t('calls.stopSharing') : t('calls.shareScreen')}
            icon={isScreenOn ? <IconScreenShareOff {...ICON} /> : <IconScreenShare {...ICON} />}
            onClick={() => void own.setScreen(!isScreenOn)}
          />
        )}
        {(isWide || !canShare) && (
          <button
            type="button"
            className={`${dock.button} ${call.isHandRaised ? classes.raised : ''}`}
            aria-label={t('roomCall.raiseHand')}
            aria-pressed={call.isHandRaised}
            title={call.isHandRaised ? t('roomCall.lowerHand') : t('roomCall.raiseHand')}
            onClick={() => session.setHandRaised(!call.isHandRaised)}
          >
            <IconHandStop {...ICON} />
          </button>
        )}
        {isWide && (
          <button
            type="button"
            className={dock.button}
            aria-label={t('roomCall.reactions')}
            aria-expanded={isReacting}
            title={t('roomCall.reactions')}
            onClick={() => setReacting(!isReacting)}
          >
            <IconMoodSmile {...ICON} />
          </button>
        )}
        {isWide && (
          <DockButton
            label={mode === 'grid' ? t('roomCall.asSpeaker') : t('roomCall.asGrid')}
            icon={mode === 'grid' ? <IconUserSquareRounded {...ICON} /> : <IconLayoutGrid {...ICON} />}
            onClick={() => setMode(mode === 'grid' ? 'speaker' : 'grid')}
          />
        )}
        <DockButton label={t('calls.more')} icon={<IconDots {...ICON} />} onClick={() => showSheet('more')} />
        <button
          type="button"
          className={dock.end}
          aria-label={t('calls.end')}
          title={t('calls.end')}
          onClick={() => void session.hangUp()}
        >
          <HandsetDown />
        </button>
      </div>
    </div>
  );
}
