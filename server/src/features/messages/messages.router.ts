import type { DataSource } from 'typeorm';
import type { Announcer } from '../announcements.ts';
import { os, type SignedIn } from '../procedures.ts';
import { deleteMessage, editMessage } from './changeMessage.ts';
import { markDelivered, markRead } from './markRead.ts';
import { readHistory } from './readHistory.ts';
import type { ReadMarks } from './readMarks.ts';
import { sendMessage } from './sendMessage.ts';
import { createSends } from './sends.ts';

export type MessagesParts = {
  dataSource: DataSource;
  announcer: Announcer;
  readMarks: ReadMarks;
  signedInOrGuest: SignedIn;
};

export function createMessagesRouter(parts: MessagesParts) {
  const { messages } = os;
  const sends = createSends(parts.dataSource);
  return {
    send: messages.send
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => sendMessage({ ...parts, sends }, context.viewer.userId, input)),
    edit: messages.edit
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => editMessage(parts, context.viewer.userId, input)),
    delete: messages.delete
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => deleteMessage(parts, context.viewer.userId, input.id)),
    read: messages.read
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => markRead(parts, context.viewer.userId, input)),
    delivered: messages.delivered.use(parts.signedInOrGuest).handler(async ({ context, input }) => {
      await markDelivered(parts, context.viewer.userId, input.chats);
      return {};
    }),
    history: messages.history
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => readHistory(parts.dataSource, context.viewer.userId, input)),
  };
}
