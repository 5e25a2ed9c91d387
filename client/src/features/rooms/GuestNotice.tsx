import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { RoomFrame } from './RoomFrame.tsx';
import { RoomNotice } from './RoomNotice.tsx';
import { useStanding } from './useStanding.ts';

/** For a guest whose room is not here: not yet let in, or out again. */
export function GuestNotice({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const standing = useStanding(chatId);
  if (standing === null) return <RoomNotice kind="looking" />;
  const otherCode = { label: t('rooms.otherCode'), onClick: () => navigate('/r') };
  switch (standing.state) {
    case 'refused':
    case 'removed':
    case 'closed':
      return <RoomNotice kind={standing.state} action={otherCode} />;
    case 'waiting':
      return <RoomFrame title={standing.title} lead={<p role="status">{t('rooms.waitingTitle')}</p>} />;
    // Its chat is on its way to this device.
    case 'in':
      return <RoomNotice kind="looking" />;
    default:
      return standing.state satisfies never;
  }
}
