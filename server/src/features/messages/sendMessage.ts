import { createHash } from 'node:crypto';
import type { CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { Announcer } from '../announcements.ts';
import { emptyDelta } from '../chats/chatDelta.ts';
import { accountRowDelta, presentAnswer } from './commandAnswer.ts';
import type { ReadMarks } from './readMarks.ts';
import type { Sends } from './sends.ts';

export type NewMessage = { id: string; chatId: string; text: string; replyToId?: string | null };

/**
 * Sends a message. Its id is the idempotency key: the same id and content again answers as the first time, before
 * any policy; another content, or somebody else's id, is CONFLICT. NOT_FOUND for who is not in the chat, FORBIDDEN where one of
 * the two in a direct chat blocks the other.
 */
export async function sendMessage(
  parts: { sends: Sends; announcer: Announcer; readMarks: ReadMarks },
  senderId: string,
  message: NewMessage,
): Promise<CommandAnswer> {
  const sent = await parts.sends({
    ...message,
    senderId,
    replyToId: message.replyToId ?? null,
    contentHash: hashContent(message),
  });
  if ('known' in sent) return sent.known;
  const { chat, message: row, account, sender } = sent.inserted;
  const answer = presentAnswer(chat, account, [row], [sender]);
  const { messages, people } = answer;
  parts.announcer.announce('chatChanged', {
    delta: { ...emptyDelta(chat), messages, people },
    epoch: chat.epoch,
  });
  parts.announcer.announce('accountChanged', { userId: senderId, delta: accountRowDelta(account) });
  if (account.readSeq === row.seq) parts.readMarks.later(chat);
  return answer;
}

function hashContent(message: NewMessage): Buffer {
  const content = JSON.stringify([message.chatId, message.text, message.replyToId ?? null]);
  return createHash('sha256').update(content).digest();
}
