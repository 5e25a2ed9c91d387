import { IconPhoneOff, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../../components/Row.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { WaitingList } from '../../rooms/WaitingList.tsx';
import { PersonInCall } from './PersonInCall.tsx';
import type { RoomCall } from './useRoomCall.ts';

type Props = { roomCall: RoomCall; isOpen: boolean; onClose: () => void };

/** Who waits and who is in the call, what the host may do, and how loud each is here. */
export function PeopleSheet({ roomCall, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { model, hold, canInvite, showSheet, ask } = roomCall;
  const { call } = model;
  return (
    <Sheet
      layer="call"
      isOpen={isOpen}
      onClose={onClose}
      title={t('roomCall.showPeople')}
      subtitle={t('roomCall.inCall', { count: call.remotes.length + 1 })}
    >
      <WaitingList chatId={call.chatId} />
      <ul>
        <PersonInCall roomCall={roomCall} remote={null} />
        {call.remotes.map((remote) => (
          <PersonInCall key={remote.participantId} roomCall={roomCall} remote={remote} />
        ))}
      </ul>
      <RowGroup>
        {canInvite && (
          <Row
            icon={<IconUserPlus size={24} stroke={1.75} />}
            title={t('roomCall.invite')}
            onClick={() => showSheet('invite')}
          />
        )}
        {hold.isHost && (
          <Row
            icon={<IconPhoneOff size={24} stroke={1.75} />}
            tone="urgent"
            title={t('roomCall.endForAll')}
            onClick={() => ask({ kind: 'endCall' })}
          />
        )}
      </RowGroup>
    </Sheet>
  );
}
