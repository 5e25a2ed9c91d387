import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Mark, Marks } from '../chats/Marks.tsx';
import classes from './Bubble.module.css';
import { CallBody } from './CallBody.tsx';
import type { Row } from './layout.ts';
import { isEmojiOnly } from './linkify.ts';
import { MessageText } from './MessageText.tsx';
import { Quote } from './Quote.tsx';
import { Tail } from './Tail.tsx';

export type BubbleProps = {
  row: Row;
  time: string;
  fullTime: string;
  now: Date;
  /** null: not an own message, or nobody else is here to receive it. */
  mark: Mark | null;
  senderName: string | null;
  /** In groups the name stands above the first message of others. */
  isSenderShown: boolean;
  /** Calls in this chat stand open. */
  isRoom: boolean;
  /** null: it is not held. */
  quotedText: string | null;
  quotedName: string | null;
  onJump: () => void;
  /** Calls back, where it tells of a call. */
  onCall: () => void;
};

/** A message: hollow until the server has it, then it fills. */
export function Bubble(props: BubbleProps) {
  const { row, mark } = props;
  const { t } = useTranslation();
  const { line } = row;
  const wasWaiting = useRef(line.state !== 'sent');
  const isFilling = wasWaiting.current && line.state === 'sent';
  const when = (
    <time dateTime={line.createdAt} title={props.fullTime}>
      {props.time}
    </time>
  );

  if (line.isDeleted) {
    return <p className={classes.deleted}>{t('messages.deleted')}</p>;
  }
  return (
    <div
      className={classes.bubble}
      data-own={row.isOwn}
      data-first={row.isFirst}
      data-last={row.isLast}
      data-state={line.state}
      data-filling={isFilling}
      data-rising={wasWaiting.current}
      data-emoji={!line.replyToId && !line.call && isEmojiOnly(line.text)}
    >
      {props.isSenderShown && row.isFirst && <p className={classes.sender}>{props.senderName}</p>}
      {line.replyToId && <Quote text={props.quotedText} name={props.quotedName} onJump={props.onJump} />}
      {line.call ? (
        <CallBody
          call={line.call}
          isOutgoing={row.isOwn}
          when={when}
          now={props.now}
          onCall={props.onCall}
          isRoom={props.isRoom}
        />
      ) : (
        <div className={classes.body}>
          <span className={classes.text} dir="auto">
            <MessageText text={line.text} />
          </span>
          <span className={classes.meta}>
            {line.isEdited && <span>{t('messages.edited')}</span>}
            {when}
            {mark && <Marks mark={mark} />}
          </span>
        </div>
      )}
      {row.isLast && <Tail />}
    </div>
  );
}
