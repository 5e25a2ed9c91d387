import type { Line } from '@ahoy/shared/domain/project.ts';
import type { Chat } from '@ahoy/shared/protocol/entities.ts';
import type { TFunction } from 'i18next';
import type { DateWords } from '../../i18n/dates.ts';
import { waitText } from '../../i18n/waitText.ts';
import { type Around, waitStateOf } from '../../net/waitState.ts';
import type { ChatOutbox, ChatWindow } from '../../offline/readModels.ts';
import type { Mark } from '../chats/Marks.tsx';
import type { RowNotice } from './Notice.tsx';
import { reasonText } from './reasonText.ts';

/** How far an own message has come; null where nobody else is there to receive it. */
export function markOf(line: Line, window: ChatWindow, kind: Chat['kind'], isOwn: boolean): Mark | null {
  if (!isOwn) return null;
  if (line.state !== 'sent' || line.seq === null) return line.state === 'failed' ? 'failed' : 'waiting';
  if (kind === 'saved') return null;
  if (line.seq <= window.othersReadSeq) return 'read';
  return line.seq <= window.othersDeliveredSeq ? 'delivered' : 'sent';
}

/** What stands below a line that has not left, or whose change was refused. */
export function noticeOf(
  t: TFunction,
  line: Line,
  window: ChatWindow,
  waiting: string | null,
): RowNotice | null {
  if (line.state === 'failed' && line.commandId !== null) {
    const reason = reasonText(t, window.reasons.get(line.commandId) ?? null);
    const text = t('messages.failedReason', { reason });
    return { kind: 'failed', text, commandId: line.commandId, isSend: true };
  }
  if (line.state === 'waiting') return waiting === null ? null : { kind: 'waits', text: waiting };
  const change = window.failedChanges.find((failed) => failed.messageId === line.id);
  if (!change) return null;
  const reason = reasonText(t, change.reason);
  const text =
    change.kind === 'edit' ? t('messages.editFailed', { reason }) : t('messages.deleteFailed', { reason });
  return { kind: 'failed', text, commandId: change.commandId, isSend: false };
}

type Surroundings = { outbox: ChatOutbox | undefined } & Pick<Around, 'connection' | 'now'>;

/** Why a line waits, where that takes longer than a moment. */
export function waitingOf(t: TFunction, words: DateWords, line: Line, around: Surroundings): string | null {
  const { outbox, connection, now } = around;
  const command = outbox?.commands.find(({ id }) => id === line.commandId);
  if (line.state !== 'waiting' || line.isDeleted || !outbox || !command) return null;
  const isNext = outbox.nextId === command.id;
  const state = waitStateOf(command, { connection, now, isNext, pause: outbox.pause });
  switch (state.kind) {
    case 'offline':
      return t('messages.leavesOnline');
    case 'asked':
    case 'trouble':
      return waitText(t, words, state);
    case 'connecting':
    case 'sending':
    case 'queued':
      return null;
    default:
      return state satisfies never;
  }
}
