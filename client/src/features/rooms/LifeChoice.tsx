import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './LifeChoice.module.css';

const HOURS = [1, 24, 72, 168, 720] as const;
const HOURS_PER_DAY = 24;

type Props = { hours: number; onChange: (hours: number) => void };

/** How long the link is good for. */
export function LifeChoice({ hours, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const words = (each: number) =>
    each < HOURS_PER_DAY
      ? t('rooms.lifeHours', { count: each })
      : t('rooms.lifeDays', { count: Math.round(each / HOURS_PER_DAY) });
  return (
    <div className={classes.root}>
      <label className={classes.label} htmlFor={id}>
        {t('rooms.life')}
      </label>
      <select
        id={id}
        className={classes.select}
        value={hours}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {HOURS.map((each) => (
          <option key={each} value={each}>
            {words(each)}
          </option>
        ))}
      </select>
    </div>
  );
}
