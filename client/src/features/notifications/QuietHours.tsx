import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import classes from './notifications.module.css';

type Quiet = NonNullable<NotificationSettings['quiet']>;

type Props = {
  quiet: Quiet | null;
  isDisabled: boolean;
  onChange: (quiet: Quiet | null) => void;
};

const USUAL = { from: '22:00', to: '08:00' };

/** When messages come without a sound; counted by the time zone of the device that set it last. */
export function QuietHours({ quiet, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <>
      <SwitchRow
        title={t('notifications.quiet')}
        hint={t('notifications.quietHint')}
        isOn={quiet !== null}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange(isOn ? { ...USUAL, timeZone } : null)}
      />
      {quiet && (
        <>
          <div className={classes.hours}>
            <Hour
              label={t('notifications.quietFrom')}
              value={quiet.from}
              isDisabled={isDisabled}
              onChange={(from) => onChange({ ...quiet, from, timeZone })}
            />
            <Hour
              label={t('notifications.quietTo')}
              value={quiet.to}
              isDisabled={isDisabled}
              onChange={(to) => onChange({ ...quiet, to, timeZone })}
            />
          </div>
          <p className={`${classes.note} ${classes.pad}`}>
            {t('notifications.quietZone', { zone: quiet.timeZone.replaceAll('_', ' ') })}
          </p>
        </>
      )}
    </>
  );
}

type HourProps = { label: string; value: string; isDisabled: boolean; onChange: (value: string) => void };

/** Sent when the field is left, not at every digit on the way. */
function Hour({ label, value, isDisabled, onChange }: HourProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <label className={classes.hour}>
      {label}
      <input
        type="time"
        value={typed}
        required
        disabled={isDisabled}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          if (typed === '') setTyped(value);
          else if (typed !== value) onChange(typed);
        }}
      />
    </label>
  );
}
