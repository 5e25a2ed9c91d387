import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Avatar } from '../../components/Avatar.tsx';
import { Highlight } from '../../components/Highlight.tsx';
import type { DateWords } from '../../i18n/dates.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import type { MessageHit } from '../../offline/search/searchMessages.ts';
import classes from './ChatRow.module.css';
import { chatName } from './chatName.ts';
import { chatPath } from './chatPath.ts';
import { Marks } from './Marks.tsx';
import { snippetOf } from './snippet.ts';

type Props = {
  hit: MessageHit;
  /** undefined: the chat is not known any more. */
  chat: ChatListItem | undefined;
  query: string;
  me: string;
  index: number;
  isTabStop: boolean;
  isChosen: boolean;
  avatarSize: number;
  words: DateWords;
  now: Date;
};

/** A found message; it leads to its place in its chat. */
export function MessageHitRow({ hit, chat, query, me, words, ...props }: Props) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const name = chat ? chatName(t, chat) : (hit.sender?.name ?? t('chats.unknownPerson'));
  const isGroup = chat?.kind === 'group' || chat?.kind === 'room';
  const snippet = snippetOf(hit.text, hit.ranges);
  const at = new Date(hit.createdAt);
  const href = chatPath(hit.chatId, { messageId: hit.id, query });

  /** Asked for again, the message is shown again: the state makes it another place. */
  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const isThere = `${location.pathname}${location.search}` === href;
    navigate(href, { replace: isThere, state: { askedAt: Date.now() } });
  }

  return (
    <Link
      href={href}
      onClick={open}
      className={classes.row}
      aria-current={props.isChosen ? 'true' : undefined}
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
    >
      <Avatar
        id={chat?.peer?.id ?? hit.chatId}
        name={name}
        kind={chat?.kind === 'saved' ? 'saved' : isGroup ? 'group' : 'person'}
        size={props.avatarSize}
      />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <time className={classes.time} dateTime={hit.createdAt} title={words.full(at)}>
            {words.brief(at, props.now)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.preview}>
            {hit.seq === null && <Marks mark="waiting" />}
            {sender() !== null && <span className={classes.sender}>{sender()} </span>}
            <Highlight text={snippet.text} ranges={snippet.ranges} />
          </span>
        </span>
      </span>
    </Link>
  );

  /** Whoever wrote it, where the chat's name does not say so. */
  function sender(): string | null {
    if (chat?.kind === 'saved') return null;
    if (hit.senderId === me) return t('chats.you');
    return isGroup ? t('chats.from', { name: hit.sender?.name ?? t('chats.unknownPerson') }) : null;
  }
}
