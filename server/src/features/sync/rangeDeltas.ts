import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { memberColumns } from '../chats/chat.presenter.ts';
import { namesIn, presentDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import type { MessageEntity } from '../messages/message.entity.ts';
import { messageColumns } from '../messages/message.presenter.ts';

/**
 * All rows of these chats that changed after the version held, up to each head, in three round trips however many chats
 * there are. The caller knows that the rows are few.
 */
export async function rangeDeltas(
  manager: EntityManager,
  chats: readonly (ChatEntity & { held: number })[],
): Promise<ChatDelta[]> {
  if (chats.length === 0) return [];
  const held = [chats.map((chat) => chat.id), chats.map((chat) => chat.held)];
  const messages: MessageEntity[] = await manager.query(
    changedRows('messages', messageColumns('m'), 'm.seq'),
    held,
  );
  const members: MemberEntity[] = await manager.query(
    changedRows('members', memberColumns('m'), 'm.user_id'),
    held,
  );
  const people = await peopleByIds(manager, namesIn({ messages, members }));
  const byId = new Map(people.map((person) => [person.id, person]));
  const messagesOf = Map.groupBy(messages, (message) => message.chatId);
  const membersOf = Map.groupBy(members, (member) => member.chatId);
  return chats.map((chat) => ({
    ...presentDelta(chat, { messages: messagesOf.get(chat.id), members: membersOf.get(chat.id) }, byId),
    from: chat.held,
  }));
}

/** Chat by chat through the index on versions, whatever the planner thinks of an array's length. */
const changedRows = (table: 'messages' | 'members', columns: string, order: string) => `
  SELECT m.* FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS h (chat_id, version, place)
  CROSS JOIN LATERAL (
    SELECT ${columns} FROM ${table} m WHERE m.chat_id = h.chat_id AND m.version > h.version
    ORDER BY ${order} OFFSET 0) m
  ORDER BY h.place`;
