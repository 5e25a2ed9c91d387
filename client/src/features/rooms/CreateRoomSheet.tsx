import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../components/Sheet.tsx';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  /** It is there: its chat is opened, with the link to be shared. */
  onCreated: (chatId: string) => void;
};

const CreateRoomForm = lazy(async () => ({
  default: (await import('./CreateRoomForm.tsx')).CreateRoomForm,
}));

/** Begins a call by link. */
export function CreateRoomSheet({ isOpen, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('rooms.new')} subtitle={t('rooms.newHint')}>
      <Suspense fallback={null}>
        <CreateRoomForm onCreated={onCreated} />
      </Suspense>
    </Sheet>
  );
}
