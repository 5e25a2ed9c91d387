import { useTranslation } from 'react-i18next';
import { Sheet } from '../../../components/Sheet.tsx';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import { DevicesPanel } from './DevicesPanel.tsx';

type Props = {
  media: LocalMedia;
  isOpen: boolean;
  onClose: () => void;
  /** There is no call yet: media is opened with the sheet, and closed with it. */
  ownsMedia?: boolean;
};

/** Which devices a call uses; in it, and before joining. */
export function DevicesSheet({ media, isOpen, onClose, ownsMedia = false }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('callSheets.soundAndCamera')} layer="call">
      <DevicesPanel media={media} ownsMedia={ownsMedia} />
    </Sheet>
  );
}
