import { useTranslation } from 'react-i18next';
import { Sheet } from '../../../components/Sheet.tsx';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import { PermissionHelp } from './PermissionHelp.tsx';

type Props = { media: LocalMedia; isOpen: boolean; onClose: () => void };

/** The help in a sheet of its own, over screens that show something else. */
export function PermissionSheet({ media, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('callSheets.access')} layer="call">
      <PermissionHelp media={media} />
    </Sheet>
  );
}
