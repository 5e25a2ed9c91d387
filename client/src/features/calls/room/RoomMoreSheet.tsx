import {
  IconActivity,
  IconHandStop,
  IconMessageCircle,
  IconPhoneOff,
  IconPictureInPicture,
  IconUserPlus,
  IconUsers,
  IconVolume,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../../components/Row.tsx';
import { Segments } from '../../../components/Segments.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { ReactionBar } from './ReactionBar.tsx';
import classes from './RoomMoreSheet.module.css';
import type { RoomCall } from './useRoomCall.ts';

const ICON = { size: 24, stroke: 1.75 };

type Props = {
  roomCall: RoomCall;
  isOpen: boolean;
  onClose: () => void;
  onChat: () => void;
  onPictureInPicture: (() => void) | null;
};

/** What one does now and then in a room's call. */
export function RoomMoreSheet({ roomCall, isOpen, onClose, onChat, onPictureInPicture }: Props) {
  const { t } = useTranslation();
  const { model, hold, mode, setMode, canInvite, showSheet, ask } = roomCall;
  const { session, call } = model;
  const close = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Sheet layer="call" isOpen={isOpen} onClose={onClose} title={t('calls.more')}>
      <div className={classes.head}>
        <ReactionBar onReact={(emoji) => close(() => session.react(emoji))()} />
        <Segments
          label={t('roomCall.layout')}
          value={mode}
          onChange={setMode}
          options={[
            { value: 'grid', label: t('roomCall.asGrid') },
            { value: 'speaker', label: t('roomCall.asSpeaker') },
          ]}
        />
        {call.areScreensTaken && <p className={classes.note}>{t('roomCall.screensTaken')}</p>}
      </div>
      <RowGroup>
        <Row
          icon={<IconHandStop {...ICON} />}
          title={call.isHandRaised ? t('roomCall.lowerHand') : t('roomCall.raiseHand')}
          onClick={close(() => session.setHandRaised(!call.isHandRaised))}
        />
        <Row
          icon={<IconUsers {...ICON} />}
          title={t('roomCall.showPeople')}
          onClick={() => showSheet('people')}
        />
        {canInvite && (
          <Row
            icon={<IconUserPlus {...ICON} />}
            title={t('roomCall.invite')}
            onClick={() => showSheet('invite')}
          />
        )}
        <Row icon={<IconMessageCircle {...ICON} />} title={t('calls.chat')} onClick={close(onChat)} />
        {onPictureInPicture && (
          <Row
            icon={<IconPictureInPicture {...ICON} />}
            title={t('calls.pictureInPicture')}
            onClick={close(onPictureInPicture)}
          />
        )}
        <Row
          icon={<IconVolume {...ICON} />}
          title={t('calls.devices')}
          onClick={() => showSheet('devices')}
        />
        <Row
          icon={<IconActivity {...ICON} />}
          title={t('calls.connection')}
          onClick={() => showSheet('connection')}
        />
        {hold.isHost && (
          <Row
            icon={<IconPhoneOff {...ICON} />}
            tone="urgent"
            title={t('roomCall.endForAll')}
            onClick={() => ask({ kind: 'endCall' })}
          />
        )}
      </RowGroup>
    </Sheet>
  );
}
