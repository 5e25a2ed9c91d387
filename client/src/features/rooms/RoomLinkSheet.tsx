import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet, type SheetProps } from '../../components/Sheet.tsx';
import { useRoom } from './useRoom.ts';

type Props = {
  chatId: string;
  isOpen: boolean;
  onClose: () => void;
  layer?: SheetProps['layer'];
};

const RoomLink = lazy(async () => ({ default: (await import('./RoomLink.tsx')).RoomLink }));

/** How others come into a room: link, code, QR, calendar; its maker and its host change and revoke it here. */
export function RoomLinkSheet({ chatId, isOpen, onClose, layer = 'page' }: Props) {
  const { t } = useTranslation();
  const { room, title } = useRoom(chatId);
  return (
    <Sheet isOpen={isOpen} onClose={onClose} layer={layer} title={t('rooms.invite')} subtitle={title ?? ''}>
      <Suspense fallback={null}>
        <RoomLink room={room} />
      </Suspense>
    </Sheet>
  );
}
