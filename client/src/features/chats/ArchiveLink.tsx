import { IconArchive } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Badge } from '../../components/Badge.tsx';
import type { ChatListItem } from '../../offline/readModels.ts';
import classes from './ArchiveLink.module.css';
import { archivePath } from './chatPath.ts';

type Props = { items: readonly ChatListItem[]; chosenId: string | null; iconWidth: number };

/** Its height in pixels, as the stylesheet says. */
export const ARCHIVE_LINK_PX = 52;

/** Above the chats: how many are archived, and what is unread in them. */
export function ArchiveLink({ items, chosenId, iconWidth }: Props) {
  const { t } = useTranslation();
  const unread = items.reduce((sum, item) => sum + item.unread, 0);
  return (
    <Link className={classes.row} href={archivePath(chosenId)} data-above>
      <span className={classes.icon} style={{ width: iconWidth }}>
        <IconArchive size={22} stroke={1.75} aria-hidden="true" />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{t('archive.row', { n: items.length })}</span>
        <Badge count={unread} isMuted label={t('common.unread', { count: unread })} />
      </span>
    </Link>
  );
}
