import { useTranslation } from 'react-i18next';
import classes from './SkeletonRows.module.css';
import { useDelayed } from './useDelayed.ts';

export interface SkeletonRowsProps {
  count: number;
  /** Round where the row has an avatar, small where it has an icon. */
  shape?: 'avatar' | 'icon';
}

const WAIT_MS = 200;

/** Shapes of rows to come, drawn only when the wait is long enough to be noticed; without shimmer. */
export function SkeletonRows({ count, shape = 'avatar' }: SkeletonRowsProps) {
  const { t } = useTranslation();
  const isDue = useDelayed(WAIT_MS);
  if (!isDue) return null;
  const rows = Array.from({ length: count }, (_, index) => `row ${index}`);
  return (
    <div role="status" aria-label={t('common.loading')} className={classes.root}>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <span className={classes[shape]} />
          <span className={classes.lines}>
            <span className={classes.name} />
            <span className={classes.text} />
          </span>
        </div>
      ))}
    </div>
  );
}
