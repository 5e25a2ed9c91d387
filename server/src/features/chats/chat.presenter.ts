import type { AccountChat, Chat, Member } from '@ahoy/shared/protocol/entities.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import type { ChatEntity } from './chat.entity.ts';
import type { MemberEntity } from './member.entity.ts';

/** Columns as the entities name them, for statements that TypeORM cannot say. `t` is the table's alias. */
export const chatColumns = (t: string) =>
  `${t}.id, ${t}.kind, ${t}.title, ${t}.version, ${t}.row_version "rowVersion", ${t}.last_seq "lastSeq", ` +
  `${t}.epoch, ${t}.member_count "memberCount", ${t}.changed, ${t}.created_at "createdAt"`;

export const memberColumns = (t: string) =>
  `${t}.chat_id "chatId", ${t}.user_id "userId", ${t}.version, ${t}.is_in "isIn", ${t}.role, ${t}.since, ` +
  `${t}.read_seq "readSeq", ${t}.delivered_seq "deliveredSeq", ${t}.is_guest "isGuest", ` +
  `${t}.was_in_call "wasInCall", ${t}.is_met "isMet"`;

export const accountChatColumns = (t: string) =>
  `${t}.user_id "userId", ${t}.chat_id "chatId", ${t}.version, ${t}.is_in "isIn", ${t}.at, ` +
  `${t}.read_seq "readSeq", ${t}.own, ${t}.last, ${t}.delivered_seq "deliveredSeq", ` +
  `${t}.has_blocked "hasBlocked", ${t}.is_silenced "isSilenced", ` +
  `${t}.muted_until "mutedUntil", ${t}.is_archived "isArchived"`;

export function presentChat(row: ChatEntity): Chat {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    rowVersion: row.rowVersion,
    lastSeq: row.lastSeq,
    memberCount: row.memberCount,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentMember(row: MemberEntity): Member {
  return {
    userId: row.userId,
    version: row.version,
    isIn: row.isIn,
    role: row.role,
    since: row.since,
    readSeq: row.readSeq,
    deliveredSeq: row.deliveredSeq,
    ...(row.isMet && { isMet: true as const }),
    ...(row.isGuest && { isGuest: true as const }),
  };
}

export function presentAccountChat(row: AccountChatEntity): AccountChat {
  return {
    chatId: row.chatId,
    version: row.version,
    isIn: row.isIn,
    at: row.at,
    readSeq: row.readSeq,
    own: row.own,
    last: row.last,
    ...(row.hasBlocked && { hasBlocked: true as const }),
    // Rows that came as JSON carry it as text.
    ...(row.mutedUntil && { mutedUntil: new Date(row.mutedUntil).toISOString() }),
    ...(row.isArchived && { isArchived: true as const }),
  };
}
