import { z } from 'zod';
import { callMedia } from './calls.ts';
import { person } from './entities.ts';
import { id, name, time } from './fields.ts';

/** What a link or a code leads to, as everyone who has it may see it before joining. */
export const roomView = z.object({
  title: z.string(),
  media: callMedia,
  hostName: z.string(),
  startsAt: time.nullable(),
  expiresAt: time,
  allowsGuests: z.boolean(),
  hasWaitingRoom: z.boolean(),
  /** In the call now, and how many fit. */
  people: z.int().min(0),
  limit: z.int().min(2),
});
export type RoomView = z.infer<typeof roomView>;

/** A room as its members with an account see it. */
export const room = roomView.extend({
  chatId: id,
  hostId: id,
  /** Who made it: may change and revoke it, whoever is host. */
  createdBy: id,
  /** What stands behind the `#` of its link. */
  token: z.string(),
  /** To be typed; in groups of five. */
  code: z.string(),
  isRevoked: z.boolean(),
  createdAt: time,
});
export type Room = z.infer<typeof room>;

/** How somebody who has the link stands to the room. */
export const roomStanding = z.object({
  chatId: id,
  state: z.enum(['in', 'waiting', 'refused', 'removed', 'closed']),
  title: z.string(),
  media: callMedia,
});
export type RoomStanding = z.infer<typeof roomStanding>;

/** Somebody who waits to be let in. */
export const knock = z.object({ person, isGuest: z.boolean(), since: time });
export type Knock = z.infer<typeof knock>;

/** Live word of a room; what it tells of is asked for. */
export type RoomNews =
  /** To the host: who waits has changed. */
  | { kind: 'waiting'; chatId: string; waiting: number }
  /** To who waits, or was taken out. */
  | { kind: 'standing'; standing: RoomStanding }
  /** To who is asked by the host to be silent: their devices mute themselves. */
  | { kind: 'mute'; chatId: string; byId: string };

/** A link's token, or a code as somebody typed it. */
export const roomKey = z.string().trim().min(1).max(64);
export const roomTitle = name;
