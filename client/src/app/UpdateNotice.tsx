import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../components/ToastContext.ts';
import type { Updates } from './serviceWorker.ts';

/** Offers a new version when one waits; it takes over only when the person agrees. */
export function UpdateNotice({ updates }: { updates: Updates }) {
  const { t } = useTranslation();
  const showToast = useToast();
  useEffect(() => {
    updates((takeOver) =>
      showToast({ text: t('common.updateReady'), action: { label: t('common.reload'), onClick: takeOver } }),
    );
  }, [updates, showToast, t]);
  return null;
}
