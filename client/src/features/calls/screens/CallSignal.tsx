import { useTranslation } from 'react-i18next';
import classes from './CallSignal.module.css';

const BARS = [1, 2, 3, 4] as const;

/** How good the link is: four bars, coral when only one is left. */
export function CallSignal({ bars }: { bars: number }) {
  const { t } = useTranslation();
  return (
    <span
      className={classes.bars}
      role="img"
      aria-label={t('calls.signal', { bars })}
      data-weak={bars <= 1 || undefined}
    >
      {BARS.map((bar) => (
        <span key={bar} data-on={bar <= bars || undefined} />
      ))}
    </span>
  );
}
