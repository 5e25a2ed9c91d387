import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FormError } from '../../components/FormError.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { errorText } from '../../i18n/errorText.ts';
import classes from './notifications.module.css';
import { QuietHours } from './QuietHours.tsx';
import { useNotificationSettings } from './useNotificationSettings.ts';

const KINDS = ['messages', 'calls', 'missedCalls'] as const;

/** What I am told about, on all my devices; only the server can change it. */
export function WhatIsTold() {
  const { t } = useTranslation();
  const { settings, isOffline, loading, update } = useNotificationSettings();
  if (!settings && loading.error) {
    return (
      <EmptyState
        role="alert"
        text={t('notifications.settingsFailed')}
        hint={isOffline ? t('errors.offline') : errorText(t, loading.error)}
        action={{ label: t('common.retry'), onClick: () => void loading.refetch(), look: 'soft' }}
      />
    );
  }
  if (!settings) return <SkeletonRows count={4} shape="icon" />;
  return (
    <section className={classes.section} aria-label={t('notifications.everywhere')}>
      <h2 className={classes.heading}>{t('notifications.everywhere')}</h2>
      {KINDS.map((kind) => (
        <SwitchRow
          key={kind}
          title={t(`notifications.${kind}`)}
          hint={t(`notifications.${kind}Hint`)}
          isOn={settings[kind]}
          isDisabled={isOffline}
          onChange={(isOn) => update.mutate({ [kind]: isOn })}
        />
      ))}
      <SwitchRow
        title={t('notifications.preview')}
        hint={t('notifications.previewHint')}
        isOn={settings.hasPreview}
        isDisabled={isOffline}
        onChange={(hasPreview) => update.mutate({ hasPreview })}
      />
      <QuietHours
        quiet={settings.quiet}
        isDisabled={isOffline}
        onChange={(quiet) => update.mutate({ quiet })}
      />
      <div className={classes.pad}>
        {isOffline ? (
          <p className={classes.note} role="status">
            {t('notifications.needsNetwork')}
          </p>
        ) : (
          <FormError text={update.error ? errorText(t, update.error) : undefined} />
        )}
      </div>
    </section>
  );
}
