import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDelayed } from '../../components/useDelayed.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import classes from './ChatPage.module.css';

type Props = { isBeginning: boolean; isStuck: boolean; onRetry: () => void };

/** Above the oldest message on the device, while the server has older ones; then it keeps its place, empty. */
export function HistoryTop({ isBeginning, isStuck, onRetry }: Props) {
  const { connection } = useServices();
  const { t } = useTranslation();
  const isOffline = useStoreOf(connection, (now) => now.state === 'offline');
  const isDue = useDelayed(600);
  if (isBeginning) return <div className={classes.top} />;
  if (isOffline) return <p className={classes.top}>{t('messages.olderOffline')}</p>;
  if (isStuck) {
    return (
      <div className={classes.top} role="status">
        <p>{t('messages.olderFailed')}</p>
        <Button look="plain" size="small" onClick={onRetry}>
          {t('messages.retry')}
        </Button>
      </div>
    );
  }
  return <p className={classes.top}>{isDue && t('messages.loadingOlder')}</p>;
}
