import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../components/Banner.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDelayed } from '../../components/useDelayed.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** A connection that comes back at once is not worth a word. */
const CONNECTING_SHOWN_AFTER_MS = 2_000;

/** Says at the foot of the list that the server cannot be reached. */
export function ConnectionBanner() {
  const { connection } = useServices();
  const state = useStoreOf(connection, (now) => now.state);
  const { t } = useTranslation();
  if (state === 'online') return null;
  if (state === 'connecting') return <ConnectingBanner />;
  return (
    <Banner
      icon={<IconCloudOff size={24} stroke={1.75} />}
      title={t('connection.offline')}
      text={t('connection.offlineHint')}
    />
  );
}

function ConnectingBanner() {
  const { t } = useTranslation();
  if (!useDelayed(CONNECTING_SHOWN_AFTER_MS)) return null;
  return (
    <Banner
      icon={<IconRefresh size={24} stroke={1.75} />}
      title={t('connection.connecting')}
      text={t('connection.connectingHint')}
    />
  );
}
