import { IconBellOff } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Avatar } from '../../components/Avatar.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Highlight } from '../../components/Highlight.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { DateWords } from '../../i18n/dates.ts';
import { isMuted } from '../../offline/mute.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import type { Range } from '../../offline/search/matcher.ts';
import { ChatPreview } from './ChatPreview.tsx';
import classes from './ChatRow.module.css';
import { chatName } from './chatName.ts';
import { chatPath } from './chatPath.ts';
import { useDraftText } from './useDraftText.ts';
import { useRowMenu } from './useRowMenu.ts';
import { useTypingWords } from './useTypingWords.ts';

type Props = {
  item: ChatListItem;
  index: number;
  /** The search that it stands in, and what of the name it found. */
  query?: string;
  ranges?: readonly Range[];
  me: string;
  isChosen: boolean;
  isTabStop: boolean;
  avatarSize: number;
  words: DateWords;
  now: Date;
  /** Asks what can be done with the chat. */
  onMenu?: (item: ChatListItem) => void;
};

/** One chat of the list. */
export const ChatRow = memo(function ChatRow(props: Props) {
  const { item, me, words, isChosen, query = '', ranges = [], onMenu } = props;
  const { presence } = useServices();
  const { t } = useTranslation();
  const draft = useDraftText(me, item.chatId);
  const typing = useTypingWords(item.chatId, item.kind, me);
  const isOnline = useStoreOf(presence.store, (now) => now.people[item.peer?.id ?? '']?.isOnline ?? false);
  const name = chatName(t, item);
  const isQuiet = isMuted(item.mutedUntil, props.now.getTime());
  const menu = useRowMenu(onMenu && !item.isPending ? () => onMenu(item) : undefined);
  const at = item.lastLine ? new Date(item.lastLine.createdAt) : null;

  return (
    <Link
      {...menu}
      href={chatPath(item.chatId, { query, isArchived: item.isArchived && query === '' })}
      className={classes.row}
      aria-current={isChosen ? 'page' : undefined}
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
    >
      <Avatar
        id={item.peer?.id ?? item.chatId}
        name={name}
        kind={item.kind === 'saved' ? 'saved' : item.kind === 'direct' ? 'person' : 'group'}
        size={props.avatarSize}
        isOnline={isOnline}
      />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>
            <Highlight text={name} ranges={ranges} />
          </span>
          {at && (
            <time
              className={classes.time}
              data-unread={item.unread > 0 && !isQuiet}
              dateTime={at.toISOString()}
            >
              {words.brief(at, props.now)}
            </time>
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.preview}>
            <ChatPreview item={item} me={me} draft={isChosen ? '' : draft} typing={typing} now={props.now} />
          </span>
          {isQuiet && (
            <IconBellOff
              className={classes.muted}
              size={16}
              stroke={2}
              role="img"
              aria-label={t('chats.muted')}
            />
          )}
          <Badge count={item.unread} isMuted={isQuiet} label={t('common.unread', { count: item.unread })} />
        </span>
      </span>
    </Link>
  );
});
