import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstallation } from '../../components/InstallationContext.ts';
import { useToast } from '../../components/ToastContext.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** What a row or a band that offers the installation needs. `begin`: the browser asks, or the steps are shown. */
export function useInstall() {
  const { t } = useTranslation();
  const showToast = useToast();
  const installation = useInstallation();
  const way = useStoreOf(installation.store, (state) => state.way);
  const [isShowingSteps, setShowingSteps] = useState(false);
  return {
    way,
    isShowingSteps,
    closeSteps: () => setShowingSteps(false),
    begin() {
      if (way === 'ios') setShowingSteps(true);
      else installation.ask().catch(() => showToast({ text: t('install.notNow') }));
    },
  };
}
