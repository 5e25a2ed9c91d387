import type { DataSource } from 'typeorm';
import type { Announcer } from '../announcements.ts';
import { os, type SignedIn } from '../procedures.ts';
import { changeOwnRow } from './changeOwnRow.ts';
import { openDirectChat } from './openDirectChat.ts';
import { readMembers } from './readMembers.ts';

export function createChatsRouter(parts: {
  dataSource: DataSource;
  announcer: Announcer;
  signedIn: SignedIn;
  signedInOrGuest: SignedIn;
}) {
  const { chats } = os;
  return {
    openDirect: chats.openDirect
      .use(parts.signedIn)
      .handler(({ context, input }) => openDirectChat(parts, context.viewer.userId, input.personId)),
    openSaved: chats.openSaved
      .use(parts.signedIn)
      .handler(({ context }) => openDirectChat(parts, context.viewer.userId, context.viewer.userId)),
    setArchived: chats.setArchived.use(parts.signedIn).handler(async ({ context, input }) => {
      const { chatId, isArchived } = input;
      await changeOwnRow(parts, context.viewer.userId, chatId, { isArchived });
      return {};
    }),
    members: chats.members
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => readMembers(parts.dataSource, context.viewer.userId, input)),
  };
}
