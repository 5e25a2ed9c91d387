import { IconArrowDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../components/Badge.tsx';
import classes from './ToBottom.module.css';

type Props = { unread: number; hasWayBack: boolean; onClick: () => void };

/** Round, above the composer: back to where one jumped from, else to the newest message. */
export function ToBottom({ unread, hasWayBack, onClick }: Props) {
  const { t } = useTranslation();
  const label = hasWayBack
    ? t('messages.backToPlace')
    : unread > 0
      ? t('messages.toBottomUnread', { count: unread })
      : t('messages.toBottom');
  return (
    <button type="button" className={classes.button} aria-label={label} title={label} onClick={onClick}>
      <IconArrowDown size={22} stroke={2} aria-hidden="true" />
      <span className={classes.badge}>
        <Badge count={unread} />
      </span>
    </button>
  );
}
