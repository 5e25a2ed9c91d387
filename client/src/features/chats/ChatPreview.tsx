import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callText } from '../../i18n/callText.ts';
import { callStandingOf } from '../../offline/callStanding.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import classes from './ChatRow.module.css';
import { type Mark, Marks } from './Marks.tsx';

type Props = { item: ChatListItem; me: string; draft: string; typing: string | null; now: Date };

/** The second line of a row: who types, what was begun, or the newest message. */
export function ChatPreview({ item, me, draft, typing, now }: Props) {
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
  const call = line.isDeleted ? null : line.call;
  const mark = isOwn && !line.isDeleted && !call ? markOf(item) : null;
  return (
    <>
      {mark && <Marks mark={mark} />}
      {isNamed && <span className={classes.sender}>{name} </span>}
      {line.isDeleted && <i>{t('chats.deleted')}</i>}
      {call && <CallPreview call={call} isOutgoing={isOwn} now={now.getTime()} />}
      {!line.isDeleted && !call && line.text}
    </>
  );
}

type CallProps = { call: CallSummary; isOutgoing: boolean; now: number };

function CallPreview({ call, isOutgoing, now }: CallProps) {
  const { t } = useTranslation();
  const isMissed = callStandingOf(call, isOutgoing, now) === 'missed';
  const Icon = isOutgoing ? IconPhoneOutgoing : IconPhoneIncoming;
  return (
    <span className={isMissed ? classes.missed : undefined}>
      <Icon className={classes.call} size={17} stroke={2} aria-hidden="true" />
      {callText(t, call, isOutgoing, now)}
    </span>
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
