import type { Command } from '@ahoy/shared/domain/command.ts';
import type { ChatDelta, CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { Api } from './api.ts';

export type SenderApi = Pick<Api, 'chats' | 'messages'>;

/** Asks the server to do what a command says; again with the same ids it answers as the first time. */
export async function performCommand(
  { chats, messages }: SenderApi,
  command: Command,
  me: string | null,
): Promise<{ delta?: ChatDelta; answer: CommandAnswer }> {
  const { chatId } = command;
  switch (command.kind) {
    case 'send': {
      const { messageId: id, text, replyToId } = command;
      return { answer: await messages.send({ id, chatId, text, replyToId }) };
    }
    case 'edit': {
      const { messageId: id, text, stamp } = command;
      return { answer: await messages.edit({ id, text, stamp }) };
    }
    case 'delete':
      return { answer: await messages.delete({ id: command.messageId }) };
    case 'read':
      return { answer: await messages.read({ chatId, seq: command.seq }) };
    case 'openDirect':
      return command.personId === me ? chats.openSaved({}) : chats.openDirect({ personId: command.personId });
    default:
      return command satisfies never;
  }
}
