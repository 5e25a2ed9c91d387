import { KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';

export type RoomHead = {
  title: string | null;
  /** null: not held. */
  hostId: string | null;
  /** Those in it who came by a link without an account. */
  guestIds: string[];
};

/** What the copy tells of a room; null: no such chat is held, or it is none. */
export function roomHeadQuery(chatId: string): Query<RoomHead | null> {
  return {
    scope: `roomHead ${chatId}`,
    id: `roomHead ${chatId}`,
    keys: [KEYS.chat(chatId), KEYS.members(chatId)],
    async read(tx) {
      const head = await tx.head(chatId);
      if (head?.chat.kind !== 'room') return null;
      const members = (await tx.members(chatId)).filter((member) => member.isIn);
      return {
        title: head.chat.title,
        hostId: members.find((member) => member.role === 'owner')?.userId ?? null,
        guestIds: members.filter((member) => member.isGuest).map((member) => member.userId),
      };
    },
  };
}
