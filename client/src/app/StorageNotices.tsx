import { IconDatabaseOff, IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../components/Banner.tsx';
import { useServices } from '../components/ServicesContext.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';

const ICON = { size: 24, stroke: 1.75 };

/** What the browser did to the device's copy, or does not let it be. */
export function StorageNotices() {
  const { t } = useTranslation();
  const { storage, acknowledgeLoss, telegram } = useServices();
  const reason = useStoreOf(storage, (state) => (state.place === 'memory' ? state.reason : null));
  // Frames in Telegram's web clients mostly get none: there is nothing that one could do about it.
  const isUsual = telegram !== null && reason === 'blocked';
  const wasLost = useStoreOf(storage, (state) => state.wasLost && state.place === 'device');
  /** Seen once, it need not stand there for as long as the page is open. */
  const [seen, setSeen] = useState<string | null>(null);
  const close = (onClick: () => void) => ({ label: t('common.close'), onClick });
  return (
    <>
      {wasLost && (
        <Banner
          icon={<IconRefreshAlert {...ICON} />}
          title={t('connection.wasLost')}
          text={t('connection.wasLostHint')}
          action={close(acknowledgeLoss)}
        />
      )}
      {reason !== null && reason !== seen && !isUsual && (
        <Banner
          icon={<IconDatabaseOff {...ICON} />}
          title={reason === 'full' ? t('connection.noRoom') : t('connection.noStorage')}
          text={reason === 'full' ? t('connection.noRoomHint') : t('connection.noStorageHint')}
          action={close(() => setSeen(reason))}
        />
      )}
    </>
  );
}
