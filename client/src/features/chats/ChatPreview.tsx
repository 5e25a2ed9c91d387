import { useTranslation } from 'react-i18next';
import type { ChatListItem } from '../../offline/readModels.ts';
import classes from './ChatRow.module.css';
import { type Mark, Marks } from './Marks.tsx';

type Props = { item: ChatListItem; me: string; draft: string; typing: string | null };

/** The second line of a row: who types, what was begun, or the newest message. */
export function ChatPreview({ item, me, draft, typing }: Props) {
  const { t } = useTranslation();
  const { lastLine: line } = item;
  if (typing !== null) return <span className={classes.typing}>{typing}</span>;
  if (draft !== '') {
    return (
      <>
        <span className={classes.draft}>{t('chats.draft')}</span> {draft}
      </>
    );
  }
  if (!line) return t('chats.noMessages');
  const isOwn = line.senderId === me;
  const isNamed = item.kind !== 'direct' && item.kind !== 'saved';
  const name = isOwn ? t('chats.you') : t('chats.from', { name: item.lastSender?.name ?? '' });
  const mark = isOwn && !line.isDeleted ? markOf(item) : null;
  return (
    <>
      {mark && <Marks mark={mark} />}
      {isNamed && <span className={classes.sender}>{name} </span>}
      {line.isDeleted ? <i>{t('chats.deleted')}</i> : line.text}
    </>
  );
}

function markOf(item: ChatListItem): Mark | null {
  const line = item.lastLine;
  if (!line) return null;
  if (line.state !== 'sent') return line.state;
  if (item.kind === 'saved' || line.seq === null) return null;
  if (line.seq <= item.othersReadSeq) return 'read';
  return line.seq <= item.othersDeliveredSeq ? 'delivered' : 'sent';
}
