import type { ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import type { MessageEntity } from '../messages/message.entity.ts';
import { messageColumns, presentMessage } from '../messages/message.presenter.ts';
import type { ChatEntity } from './chat.entity.ts';
import { memberColumns, presentChat, presentMember } from './chat.presenter.ts';
import type { MemberEntity } from './member.entity.ts';

/** One step of the chat, without rows yet. */
export function emptyDelta(chat: ChatEntity): ChatDelta {
  return {
    chatId: chat.id,
    from: chat.version - 1,
    to: chat.version,
    isReset: false,
    chat: presentChat(chat),
    messages: [],
    members: [],
    hasAllMembers: false,
    people: [],
  };
}

type Rows = { messages?: MessageEntity[] | undefined; members?: MemberEntity[] | undefined };

/** The rows of one committed change, for everyone in the chat: what the live event carries. */
export async function changeDelta(manager: EntityManager, chat: ChatEntity, rows: Rows): Promise<ChatDelta> {
  const people = await peopleByIds(manager, namesIn(rows));
  return presentDelta(chat, rows, new Map(people.map((person) => [person.id, person])));
}

/** Rows of a chat with those of `people` whom they name. */
export function presentDelta(chat: ChatEntity, rows: Rows, people: ReadonlyMap<string, Person>): ChatDelta {
  return {
    ...emptyDelta(chat),
    messages: (rows.messages ?? []).map(presentMessage),
    members: (rows.members ?? []).map(presentMember),
    people: peopleOf(rows, people),
  };
}

/** Whom the rows name, and whom aliases among them are shown as. */
function peopleOf(rows: Rows, people: ReadonlyMap<string, Person>): Person[] {
  const named = [...new Set(namesIn(rows))].flatMap((id) => people.get(id) ?? []);
  const kept = named.flatMap(({ mergedInto }) => people.get(mergedInto ?? '') ?? []);
  return kept.length === 0 ? named : [...new Set([...named, ...kept])];
}

/** Whom the rows name. */
export function namesIn({ messages = [], members = [] }: Rows): string[] {
  return [...messages.map((m) => m.senderId), ...members.map((m) => m.userId)];
}

/** The whole of what a device starts a chat with: the newest page, and all members of a small chat (rule 7). */
export async function resetDelta(
  manager: EntityManager,
  chat: ChatEntity,
  viewerId: string,
): Promise<ChatDelta> {
  const hasAllMembers = chat.memberCount <= LIMITS.smallChatMembers;
  const messages: MessageEntity[] = await manager.query(
    `SELECT ${messageColumns('m')} FROM messages m WHERE m.chat_id = $1 AND m.seq > $2 ORDER BY m.seq`,
    [chat.id, chat.lastSeq - LIMITS.newestPage],
  );
  const members: MemberEntity[] = await manager.query(
    `SELECT ${memberColumns('m')} FROM members m WHERE m.chat_id = $1 AND ${hasAllMembers ? 'm.is_in' : 'm.user_id = $2'}`,
    hasAllMembers ? [chat.id] : [chat.id, viewerId],
  );
  return {
    ...(await changeDelta(manager, chat, { messages, members })),
    from: 0,
    isReset: true,
    hasAllMembers,
  };
}
