import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import { IconKeyboard, IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useDateWords } from '../../components/useDateWords.ts';
import { useNow } from '../../components/useNow.ts';
import { CreateRoomSheet } from './CreateRoomSheet.tsx';
import classes from './RoomsSheet.module.css';

type Props = { isOpen: boolean; onClose: () => void };

/** Calls by link: a new one, a code that one was told, and the rooms that one has made. */
export function RoomsSheet({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Sheet isOpen={isOpen} onClose={onClose} title={t('rooms.byLink')}>
        <Row
          icon={<IconPlus size={24} stroke={1.75} />}
          title={t('rooms.new')}
          text={t('rooms.newHint')}
          onClick={() => {
            onClose();
            setCreating(true);
          }}
        />
        <Row
          icon={<IconKeyboard size={24} stroke={1.75} />}
          title={t('rooms.withCode')}
          onClick={() => navigate('/r')}
        />
        {isOpen && <MyRooms onOpened={onClose} />}
      </Sheet>
      <CreateRoomSheet
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(chatId) => {
          setCreating(false);
          navigate(`/chats/${chatId}?invite`);
        }}
      />
    </>
  );
}

function MyRooms({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation();
  const now = useNow(30_000);
  const list = useQuery({ ...useApiQueries().rooms.list.queryOptions({ input: {} }), staleTime: 0 });
  const all = list.data?.rooms ?? [];
  const isOpen = (room: Room) => !room.isRevoked && Date.parse(room.expiresAt) > now.getTime();
  const open = all.filter(isOpen);
  if (open.length === 0) return <div className={classes.end} />;
  return (
    <div className={classes.mine}>
      <RowGroup title={t('rooms.mine')}>
        {open.map((room) => (
          <RoomRow key={room.chatId} room={room} onOpened={onOpened} />
        ))}
      </RowGroup>
    </div>
  );
}

function RoomRow({ room, onOpened }: { room: Room; onOpened: () => void }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const words = useDateWords();
  const [, navigate] = useLocation();
  const { chatId, media } = room;
  const said =
    room.people > 0
      ? t('rooms.peopleNow', { count: room.people, limit: room.limit })
      : room.startsAt && Date.parse(room.startsAt) > Date.now()
        ? t('rooms.startsAt', { when: words.full(new Date(room.startsAt)) })
        : t('rooms.goodUntil', { when: words.full(new Date(room.expiresAt)) });
  return (
    <div className={classes.room}>
      <Row
        icon={<IconUsers size={24} stroke={1.75} />}
        title={room.title}
        text={said}
        onClick={() => {
          onOpened();
          navigate(`/chats/${chatId}?invite`);
        }}
      />
      <Button
        look="soft"
        size="small"
        className={classes.join ?? ''}
        onClick={() => {
          onOpened();
          navigate(`/chats/${chatId}`);
          void calls.enterRoom({ chatId, media, isWithCamera: media === 'video', isWithMicrophone: true });
        }}
      >
        {t('rooms.joinShort')}
      </Button>
    </div>
  );
}
