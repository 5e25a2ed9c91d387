import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { RoomNotice } from '../features/rooms/RoomNotice.tsx';

/** For a guest whose session the server has ended: with the link the room is gone, too. */
export function RoomOver() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return <RoomNotice kind="closed" action={{ label: t('rooms.otherCode'), onClick: () => navigate('/r') }} />;
}
