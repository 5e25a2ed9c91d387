import type { RoomView } from '@ahoy/shared/protocol/rooms.ts';
import { useTranslation } from 'react-i18next';
import { useDateWords } from '../../components/useDateWords.ts';

/** Who has it, when it begins, who is in it. */
export function RoomFacts({ room }: { room: RoomView }) {
  const { t } = useTranslation();
  const words = useDateWords();
  const host = { name: room.hostName };
  return (
    <>
      <p>{room.media === 'video' ? t('rooms.videoOf', host) : t('rooms.audioOf', host)}</p>
      {room.startsAt && <p>{t('rooms.startsAt', { when: words.full(new Date(room.startsAt)) })}</p>}
      <p role="status">
        {room.people === 0
          ? t('rooms.nobodyYet')
          : t('rooms.peopleNow', { count: room.people, limit: room.limit })}
      </p>
    </>
  );
}
