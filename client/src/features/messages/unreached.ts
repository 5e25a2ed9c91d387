import type { Line } from '@ahoy/shared/domain/project.ts';
import type { ChatHeader, ChatWindow } from '../../offline/readModels.ts';

/** A phone that is pushed to has said within this time that the message has come. */
const GRACE_MS = 8_000;

type Chat = Pick<ChatHeader, 'kind' | 'hasBlocked'> & Pick<ChatWindow, 'othersDeliveredSeq'> & { me: string };

/** The newest own message of a direct chat while the other one has not received it: of that the server is asked. */
export function findUndelivered(lines: readonly Line[], chat: Chat): Line | null {
  if (chat.kind !== 'direct' || chat.hasBlocked) return null;
  const newest = lines.findLast((line) => line.senderId === chat.me && !line.isDeleted && !line.call);
  if (newest?.state !== 'sent' || newest.seq === null) return null;
  return newest.seq > chat.othersDeliveredSeq ? newest : null;
}

/** In how many milliseconds it may be asked; a clock that is wrong costs no more than the grace. */
export function askInMs({ createdAt }: Pick<Line, 'createdAt'>, now: number): number {
  return Math.min(GRACE_MS, Math.max(0, Date.parse(createdAt) + GRACE_MS - now));
}
