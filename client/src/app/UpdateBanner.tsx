import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../components/Banner.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';
import { useUpdates } from './UpdatesContext.ts';
import { useIsInCall, useIsWriting } from './useIsBusy.ts';

/** Offers a new version, and holds it back while somebody is in a call or in the middle of writing. */
export function UpdateBanner() {
  const { t } = useTranslation();
  const updates = useUpdates();
  const isReady = useStoreOf(updates.store, (state) => state.isReady);
  const isInCall = useIsInCall();
  const isWriting = useIsWriting();
  const [isTaken, setTaken] = useState(false);
  if (!isReady || isInCall || isWriting) return null;
  return (
    <Banner
      icon={<IconSparkles size={24} stroke={1.75} />}
      title={t('install.updateReady')}
      text={t('install.updateHint')}
      action={{
        label: isTaken ? t('install.updating') : t('install.update'),
        onClick() {
          setTaken(true);
          void updates.take();
        },
      }}
    />
  );
}
