import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState.tsx';
import { useServices } from '../components/ServicesContext.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';

/** A newer version of the app has taken the device's copy: this page can neither read nor keep anything any more. */
export function OutdatedNotice({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { storage } = useServices();
  const isOutdated = useStoreOf(storage, (state) => state.place === 'outdated');
  if (!isOutdated) return children;
  return (
    <EmptyState
      isHeading
      role="alert"
      text={t('connection.outdated')}
      hint={t('connection.outdatedHint')}
      action={{ label: t('common.reload'), onClick: () => location.reload() }}
    />
  );
}
