import { z } from 'zod';
import { callSummary } from './calls.ts';
import { id, locale, seq, time, version, whoMayCall } from './fields.ts';

/** What others may know of a person. `version` is that of the person's row: the highest wins. */
export const person = z.object({
  id,
  version,
  name: z.string(),
  username: z.string().nullable(),
  about: z.string(),
  /** Of a square JPEG that `contacts.photo` gives; a new photo has a new id. */
  photoId: id.optional(),
  /** This account became an alias of that person, who it is to be shown as. */
  mergedInto: id.optional(),
});
export type Person = z.infer<typeof person>;

export const chatKind = z.enum(['direct', 'group', 'saved', 'room']);

/** The chat's own fields and its head. `rowVersion` is the version at which the fields last changed. */
export const chat = z.object({
  id,
  kind: chatKind,
  title: z.string().nullable(),
  rowVersion: version,
  lastSeq: seq,
  memberCount: z.int(),
  createdAt: time,
});
export type Chat = z.infer<typeof chat>;

/** A person's place in a chat. Kept after leaving, as a tombstone with `isIn: false`. */
export const member = z.object({
  userId: id,
  version,
  isIn: z.boolean(),
  role: z.enum(['owner', 'admin', 'member']),
  /** Chat version at which the person was added last; a copy older than it starts anew. */
  since: version,
  /** How far this person has read and received; kept only in chats of up to 50 people. */
  readSeq: seq,
  deliveredSeq: seq,
  /** Was in a call here, and may be found by the others who were. */
  isMet: z.literal(true).optional(),
  /** Here by a link, without an account. */
  isGuest: z.literal(true).optional(),
});
export type Member = z.infer<typeof member>;

/** `seq` is dense and never changes. A deleted message stays as a tombstone without text. */
export const message = z.object({
  id,
  chatId: id,
  seq: z.int().min(1),
  version,
  senderId: id,
  kind: z.enum(['text', 'call']),
  text: z.string(),
  /** Of kind `call` only. */
  call: callSummary.optional(),
  replyToId: id.nullable(),
  createdAt: time,
  editedAt: time.nullable(),
  deletedAt: time.nullable(),
  /** Stamp of the last change of the text. */
  textStamp: z.int().min(0),
});
export type Message = z.infer<typeof message>;

/** One's own row of a chat, in the stream of one's account. */
export const accountChat = z.object({
  chatId: id,
  version,
  isIn: z.boolean(),
  /** Chat version at which `isIn` last changed. */
  at: version,
  readSeq: seq,
  /** Own messages above `readSeq` among those up to `last`. */
  own: z.int(),
  /** Up to which seq `own` was counted. */
  last: seq,
  /** I block the other one of this direct chat. */
  hasBlocked: z.literal(true).optional(),
  /** Until then I am told nothing of its messages; may have passed. */
  mutedUntil: time.optional(),
  /** Kept in a list of its own. */
  isArchived: z.literal(true).optional(),
});
export type AccountChat = z.infer<typeof accountChat>;

/** What only this person may see of the account. */
export const accountSettings = z.object({
  version,
  email: z.string().nullable(),
  isFindableByEmail: z.boolean(),
  whoMayCall,
  /** My calls go through a relay, so that nobody in them learns my address. */
  isAlwaysRelayed: z.boolean(),
  /** Who was in a room's call with me finds me among their contacts. */
  isMetInRooms: z.boolean(),
  locale,
});
export type AccountSettings = z.infer<typeof accountSettings>;

export const me = z.object({
  person,
  settings: accountSettings,
  /** The room that this is a guest of, by a link: the session is good for nothing else. */
  guestOf: id.optional(),
});
export type Me = z.infer<typeof me>;

/** All rows of a chat that this viewer may see with `from < version <= to`; `chat` is always the current row. */
export const chatDelta = z.object({
  chatId: id,
  from: version,
  to: version,
  /** Replaces the copy, except messages newer than `to`. Carries the newest page. */
  isReset: z.boolean(),
  chat,
  messages: z.array(message),
  members: z.array(member),
  /** With a reset: whether `members` is the whole list. */
  hasAllMembers: z.boolean(),
  people: z.array(person),
});
export type ChatDelta = z.infer<typeof chatDelta>;

export const accountDelta = z.object({
  from: version,
  to: version,
  chats: z.array(accountChat),
  settings: accountSettings.nullable(),
});
export type AccountDelta = z.infer<typeof accountDelta>;

/** Answer to a command: the changed rows as this viewer sees them, and the head, which counts as heard of. */
export const commandAnswer = z.object({
  chatId: id,
  head: z.object({ version, lastSeq: seq }),
  account: accountChat.nullable(),
  messages: z.array(message),
  people: z.array(person),
});
export type CommandAnswer = z.infer<typeof commandAnswer>;

export const sessionAnswer = z.object({
  accessToken: z.string(),
  /** Seconds from now; the client's clock is not trusted. */
  expiresInSeconds: z.int(),
  sessionId: id,
  me,
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const device = z.object({
  id,
  isCurrent: z.boolean(),
  /** `Chrome on Android`, as its User-Agent says. */
  browser: z.string(),
  system: z.string(),
  isMobile: z.boolean(),
  address: z.string(),
  createdAt: time,
  lastUsedAt: time,
});
export type Device = z.infer<typeof device>;
