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

/**
 * Ids of the rooms that I am the host of, the newest first: as many as may be open at once in earnest. Read again in each
 * `round` (`net/roomNews.ts`), and not with each message.
 */
export function hostedRoomsQuery(me: string, round: number): Query<string[]> {
  return {
    scope: `hostedRooms ${me}`,
    id: `hostedRooms ${me} ${round}`,
    keys: [KEYS.account],
    async read(tx) {
      const rooms = (await tx.heads()).map(({ chat }) => chat).filter(({ kind }) => kind === 'room');
      const newest = rooms.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, MOST_HOSTED);
      const isHost = await Promise.all(
        newest.map(async ({ id }) =>
          (await tx.members(id)).some(({ userId, role, isIn }) => userId === me && role === 'owner' && isIn),
        ),
      );
      return newest.filter((_, at) => isHost[at]).map(({ id }) => id);
    },
  };
}

const MOST_HOSTED = 8;
