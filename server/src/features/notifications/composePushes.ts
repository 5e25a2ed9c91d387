import { declarativePush } from '@ahoy/shared/domain/declarativePush.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Notice, PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { PushTarget } from './encryptPush.ts';

export type NoticeFor = { target: PushTarget; locale: 'en' | 'ru'; notice: Notice };

const MOST_READ = 20;
const TEXT_LENGTH = 400;
const SHORTER = 0.75;

/** Adds to notices what every push carries: the person's unread total and what was read elsewhere of what was pushed. */
export async function composePushes<Given extends NoticeFor>(
  dataSource: DataSource,
  notices: Given[],
  origin: string,
): Promise<(Given & { json: string })[]> {
  if (notices.length === 0) return [];
  const unread = await readUnread(dataSource, [...new Set(notices.map(({ target }) => target.userId))]);
  const read = await takeRead(dataSource, [...new Set(notices.map(({ target }) => target.sessionId))]);
  return notices.map((given) => {
    const { sessionId, userId, endpoint } = given.target;
    const told = read.get(sessionId) ?? [];
    read.delete(sessionId);
    const payload = { userId, unread: unread.get(userId) ?? 0, read: told, notice: given.notice };
    return { ...given, json: serialize(payload, { origin, endpoint, locale: given.locale }) };
  });
}

/** Unread messages of each person in the chats that they have not muted. */
export async function readUnread(dataSource: DataSource, userIds: string[]): Promise<Map<string, number>> {
  const rows: { userId: string; unread: number }[] = await dataSource.query(
    `SELECT a.user_id "userId", sum(greatest(0, c.last_seq - a.read_seq - a.own))::float8 unread
     FROM account_chats a JOIN chats c ON c.id = a.chat_id
     WHERE a.user_id = ANY($1) AND a.is_in AND (a.muted_until IS NULL OR a.muted_until <= now())
     GROUP BY a.user_id`,
    [userIds],
  );
  return new Map(rows.map(({ userId, unread }) => [userId, unread]));
}

/** Chats of which a device was pushed messages that have been read since; each is told once. */
async function takeRead(
  dataSource: DataSource,
  sessionIds: string[],
): Promise<Map<string, PushPayload['read']>> {
  const rows: { sessionId: string; chatId: string; seq: number }[] = await dataSource.query(
    `WITH told AS (
       DELETE FROM pushed_chats t USING push_subscriptions p, account_chats a
       WHERE t.session_id = ANY($1) AND p.session_id = t.session_id AND a.user_id = p.user_id
         AND a.chat_id = t.chat_id AND a.read_seq >= t.seq
       RETURNING t.session_id, t.chat_id, a.read_seq)
     SELECT session_id "sessionId", chat_id "chatId", read_seq seq FROM told`,
    [sessionIds],
  );
  const read = new Map<string, PushPayload['read']>();
  for (const { sessionId, chatId, seq } of rows) {
    const list = read.get(sessionId) ?? [];
    if (list.length < MOST_READ) list.push({ chatId, seq });
    read.set(sessionId, list);
  }
  return read;
}

/**
 * The JSON of a push, in the form that its service's browsers know, with the text cut until it fits: a push that is too
 * large reaches nobody.
 */
export function serialize(
  payload: PushPayload,
  { origin, endpoint, locale }: { origin: string; endpoint: string; locale: 'en' | 'ru' },
): string {
  const isDeclarative = new URL(endpoint).hostname.endsWith('.push.apple.com');
  const write = (full: PushPayload) =>
    JSON.stringify(isDeclarative ? declarativePush(full, { origin, language: locale }) : full);
  const { notice } = payload;
  if (notice.kind !== 'message' || notice.text === null) return write(payload);
  // By characters: half of one is none.
  let characters = [...notice.text];
  for (let length = TEXT_LENGTH; ; length = Math.floor(length * SHORTER)) {
    const isCut = characters.length > length;
    if (isCut) characters = characters.slice(0, length);
    const text = isCut || length < TEXT_LENGTH ? `${characters.join('')}…` : characters.join('');
    const json = write({ ...payload, notice: { ...notice, text } });
    if (length === 0 || Buffer.byteLength(json) <= LIMITS.pushBytes) return json;
  }
}

/** A uuid as RFC 8030 wants topics: at most 32 characters of base64url. */
export const topicOf = (id: string) => id.replaceAll('-', '');
