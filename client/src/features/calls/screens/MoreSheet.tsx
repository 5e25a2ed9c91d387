import {
  IconActivity,
  IconMessageCircle,
  IconPictureInPicture,
  IconScreenShare,
  IconScreenShareOff,
  IconVolume,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../../components/Row.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { canSetVolume, VolumeSlider } from '../sheets/VolumeSlider.tsx';
import type { CallModel } from './callModel.ts';
import classes from './MoreSheet.module.css';

const ICON = { size: 24, stroke: 1.75 };

type Props = {
  model: CallModel;
  isOpen: boolean;
  onClose: () => void;
  onChat: () => void;
  onDevices: () => void;
  onConnection: () => void;
  /** Hidden where the browser has none, or nothing is to be seen. */
  onPictureInPicture: (() => void) | null;
};

/** What one does now and then in a call. */
export function MoreSheet({ model, isOpen, onClose, onPictureInPicture, ...other }: Props) {
  const { t } = useTranslation();
  const { session, call, media, nameOf } = model;
  const { isScreenOn, canShareScreen } = media;
  const [hasVolume] = useState(canSetVolume);
  const close = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Sheet layer="call" isOpen={isOpen} onClose={onClose} title={t('calls.more')}>
      <RowGroup>
        {canShareScreen && (
          <Row
            icon={isScreenOn ? <IconScreenShareOff {...ICON} /> : <IconScreenShare {...ICON} />}
            title={isScreenOn ? t('calls.stopSharing') : t('calls.shareScreen')}
            onClick={close(() => void session.media.setScreen(!isScreenOn))}
          />
        )}
        <Row icon={<IconMessageCircle {...ICON} />} title={t('calls.chat')} onClick={close(other.onChat)} />
        {onPictureInPicture && (
          <Row
            icon={<IconPictureInPicture {...ICON} />}
            title={t('calls.pictureInPicture')}
            onClick={close(onPictureInPicture)}
          />
        )}
        <Row icon={<IconVolume {...ICON} />} title={t('calls.devices')} onClick={close(other.onDevices)} />
        <Row
          icon={<IconActivity {...ICON} />}
          title={t('calls.connection')}
          onClick={close(other.onConnection)}
        />
      </RowGroup>
      {hasVolume &&
        call.remotes.map(({ participantId, userId, volume }) => (
          <div key={participantId} className={classes.volume}>
            <p>{t('calls.volumeOf', { name: nameOf(userId) })}</p>
            <VolumeSlider
              name={nameOf(userId)}
              volume={volume}
              onChange={(next) => session.setVolume(participantId, next)}
            />
          </div>
        ))}
    </Sheet>
  );
}
