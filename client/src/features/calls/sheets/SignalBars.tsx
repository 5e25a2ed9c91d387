import { useTranslation } from 'react-i18next';
import classes from './SignalBars.module.css';

const BARS = [1, 2, 3, 4] as const;

/** Four bars; the last one left is coral. null: not measured yet. */
export function SignalBars({ bars }: { bars: 0 | 1 | 2 | 3 | 4 | null }) {
  const { t } = useTranslation();
  const label = bars === null ? t('callSheets.qualityUnknown') : t('callSheets.bars', { count: bars });
  return (
    <span className={classes.bars} role="img" aria-label={label} data-bars={bars ?? undefined}>
      {BARS.map((bar) => (
        <span key={bar} className={classes.bar} data-on={bars !== null && bar <= bars} />
      ))}
    </span>
  );
}
