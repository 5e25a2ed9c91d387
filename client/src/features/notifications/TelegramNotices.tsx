import type { TelegramNotices as Choice } from '@ahoy/shared/protocol/telegram.ts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../components/FormError.tsx';
import { errorText } from '../../i18n/errorText.ts';
import classes from './TelegramNotices.module.css';
import { useNotificationSettings } from './useNotificationSettings.ts';

const CHOICES = ['auto', 'always', 'off'] as const satisfies readonly Choice[];

/** Whether Telegram's bot tells of messages and calls; only the server can change it. */
export function TelegramNotices() {
  const { t } = useTranslation();
  const name = useId();
  const { settings, isOffline, update } = useNotificationSettings();
  if (!settings) return null;
  return (
    <fieldset className={classes.group} disabled={isOffline}>
      <legend className={classes.heading}>{t('telegramAccount.notices')}</legend>
      {CHOICES.map((choice) => (
        <label key={choice} className={classes.row}>
          <input
            className={classes.radio}
            type="radio"
            name={name}
            value={choice}
            checked={settings.telegram === choice}
            aria-describedby={`${name}-${choice}`}
            onChange={() => update.mutate({ telegram: choice })}
          />
          <span className={classes.words}>
            <span>{t(`telegramAccount.${choice}`)}</span>
            <span id={`${name}-${choice}`} className={classes.hint}>
              {t(`telegramAccount.${choice}Hint`)}
            </span>
          </span>
        </label>
      ))}
      <div className={classes.below}>
        {isOffline ? (
          <p className={classes.hint} role="status">
            {t('notifications.needsNetwork')}
          </p>
        ) : (
          <FormError text={update.error ? errorText(t, update.error) : undefined} />
        )}
      </div>
    </fieldset>
  );
}
