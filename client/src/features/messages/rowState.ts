import type { Line } from '@ahoy/shared/domain/project.ts';
import type { Chat } from '@ahoy/shared/protocol/entities.ts';
import type { TFunction } from 'i18next';
import type { ChatWindow } from '../../offline/readModels.ts';
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
export function noticeOf(t: TFunction, line: Line, window: ChatWindow, isOffline: boolean): RowNotice | null {
  if (line.state === 'failed' && line.commandId !== null) {
    const reason = reasonText(t, window.reasons.get(line.commandId) ?? null);
    const text = t('messages.failedReason', { reason });
    return { kind: 'failed', text, commandId: line.commandId, isSend: true };
  }
  if (line.state === 'waiting') return isOffline ? { kind: 'waits' } : null;
  const change = window.failedChanges.find((failed) => failed.messageId === line.id);
  if (!change) return null;
  const reason = reasonText(t, change.reason);
  const text =
    change.kind === 'edit' ? t('messages.editFailed', { reason }) : t('messages.deleteFailed', { reason });
  return { kind: 'failed', text, commandId: change.commandId, isSend: false };
}
