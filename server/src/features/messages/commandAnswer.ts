import type { AccountDelta, CommandAnswer, Person } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { presentAccountChat } from '../chats/chat.presenter.ts';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import type { MessageEntity } from './message.entity.ts';
import { presentMessage } from './message.presenter.ts';

/** What a command's sender gets: the rows it changed, one's own row of the chat, and the head. */
export async function commandAnswer(
  manager: EntityManager,
  chat: Pick<ChatEntity, 'id' | 'version' | 'lastSeq'>,
  account: AccountChatEntity,
  messages: MessageEntity[],
): Promise<CommandAnswer> {
  const senders = messages.map((m) => m.senderId);
  return presentAnswer(chat, account, messages, await peopleByIds(manager, senders));
}

export function presentAnswer(
  chat: Pick<ChatEntity, 'id' | 'version' | 'lastSeq'>,
  account: AccountChatEntity,
  messages: MessageEntity[],
  people: Person[],
): CommandAnswer {
  return {
    chatId: chat.id,
    head: { version: chat.version, lastSeq: chat.lastSeq },
    account: presentAccountChat(account),
    messages: messages.map(presentMessage),
    people,
  };
}

/** One changed row of the account's stream, for all devices of that person. */
export function accountRowDelta(row: AccountChatEntity): AccountDelta {
  return { from: row.version - 1, to: row.version, chats: [presentAccountChat(row)], settings: null };
}
