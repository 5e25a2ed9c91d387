import { savedChatId } from '@ahoy/shared/domain/ids.ts';
import type { EntityManager } from 'typeorm';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns, memberColumns } from '../chats/chat.presenter.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import { isOwn } from '../contacts/aliases.ts';
import type { Merging } from './mergePlan.ts';

/** A chat whose places have changed, as one version of it. */
export type MovedChat = { chat: ChatEntity; members: MemberEntity[]; isNewToKept: boolean };

/**
 * The kept account takes the other's place in all chats of these; where it is in already it keeps its own, with the higher
 * role. The other leaves them as a tombstone. The live room gets a new name, as whenever someone leaves. All is held.
 */
export async function moveMemberships(
  manager: EntityManager,
  { keptId, otherId }: Merging,
  chatIds: string[],
): Promise<MovedChat[]> {
  const chats: (ChatEntity & { wasIn: boolean })[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = c.version + 1, row_version = c.version + 1, epoch = c.epoch + 1,
         member_count = c.member_count - was.is_in::int, changed = pg_current_xact_id()::text::bigint
       FROM (SELECT id, EXISTS (
         SELECT 1 FROM members m WHERE m.chat_id = id AND m.user_id = $2 AND m.is_in) is_in FROM unnest($1::uuid[]) id) was
       WHERE c.id = was.id RETURNING ${chatColumns('c')}, was.is_in "wasIn")
     SELECT * FROM head ORDER BY id`,
    [chatIds, keptId],
  );
  const places = [chatIds, keptId, otherId];
  const joined: MemberEntity[] = await manager.query(TAKE_PLACES, places);
  const left: MemberEntity[] = await manager.query(LEAVE_PLACES, [chatIds, otherId]);
  await manager.query(MOVE_OWN_ROWS, places);
  await manager.query(END_ROWS, [chatIds, otherId]);
  const byChat = Map.groupBy([...joined, ...left], (member) => member.chatId);
  return chats.map(({ wasIn, ...chat }) => ({
    chat,
    members: byChat.get(chat.id) ?? [],
    isNewToKept: !wasIn,
  }));
}

const TAKE_PLACES = `
  WITH joined AS (
    INSERT INTO members AS m (chat_id, user_id, version, is_in, role, since, read_seq, delivered_seq, is_guest,
      was_in_call, is_met)
    SELECT c.id, $2::uuid, c.version, true,
      CASE WHEN 'owner' IN (o.role, own.role) THEN 'owner' WHEN 'admin' IN (o.role, own.role) THEN 'admin' ELSE 'member' END,
      CASE WHEN k.is_in THEN k.since ELSE c.version END,
      greatest(o.read_seq, k.read_seq), greatest(o.delivered_seq, k.delivered_seq), false,
      o.was_in_call OR coalesce(k.was_in_call, false),
      (o.is_met OR coalesce(k.is_met, false)) AND u.is_met_in_rooms
    FROM chats c JOIN members o ON o.chat_id = c.id AND o.user_id = $3 JOIN users u ON u.id = $2
    LEFT JOIN members k ON k.chat_id = c.id AND k.user_id = $2
    LEFT JOIN LATERAL (SELECT k.role WHERE k.is_in) own ON true
    WHERE c.id = ANY($1)
    ON CONFLICT (chat_id, user_id) DO UPDATE SET version = excluded.version, is_in = true, role = excluded.role,
      since = excluded.since, read_seq = excluded.read_seq, delivered_seq = excluded.delivered_seq, is_guest = false,
      was_in_call = excluded.was_in_call, is_met = excluded.is_met
    RETURNING ${memberColumns('m')})
  SELECT * FROM joined`;

const LEAVE_PLACES = `
  WITH gone AS (
    UPDATE members m SET version = c.version, is_in = false, role = 'member', is_met = false
    FROM chats c WHERE c.id = m.chat_id AND m.chat_id = ANY($1) AND m.user_id = $2 RETURNING ${memberColumns('m')})
  SELECT * FROM gone`;

/** What either has read is read. Counted anew, since what the other wrote counts as own from now on. */
const MOVE_OWN_ROWS = `
  WITH moved AS (
    SELECT c.id, c.last_seq, row_number() OVER (ORDER BY c.id) nth,
      CASE WHEN k.is_in THEN k.at ELSE c.version END at,
      greatest(o.read_seq, k.read_seq) read_seq, greatest(o.delivered_seq, k.delivered_seq) delivered_seq,
      CASE WHEN k.is_in THEN k.muted_until ELSE o.muted_until END muted_until,
      CASE WHEN k.is_in THEN k.is_archived ELSE o.is_archived END is_archived
    FROM chats c JOIN account_chats o ON o.chat_id = c.id AND o.user_id = $3
    LEFT JOIN account_chats k ON k.chat_id = c.id AND k.user_id = $2
    WHERE c.id = ANY($1)),
  stream AS (
    UPDATE users SET account_version = account_version + cardinality($1::uuid[]) WHERE id = $2
    RETURNING account_version - cardinality($1::uuid[]) before)
  INSERT INTO account_chats AS a (user_id, chat_id, version, is_in, at, read_seq, own, last, delivered_seq, muted_until,
    is_archived)
  SELECT $2::uuid, moved.id, stream.before + moved.nth, true, moved.at, moved.read_seq,
    (SELECT count(*) FROM messages m WHERE m.chat_id = moved.id AND m.seq > moved.read_seq
       AND (${isOwn('m.sender_id', '$2')} OR ${isOwn('m.sender_id', '$3')})),
    moved.last_seq, moved.delivered_seq, moved.muted_until, moved.is_archived
  FROM moved, stream
  ON CONFLICT (user_id, chat_id) DO UPDATE SET version = excluded.version, is_in = true, at = excluded.at,
    read_seq = excluded.read_seq, own = excluded.own, last = excluded.last, delivered_seq = excluded.delivered_seq,
    muted_until = excluded.muted_until, is_archived = excluded.is_archived`;

const END_ROWS = `
  WITH stream AS (
    UPDATE users SET account_version = account_version + cardinality($1::uuid[]) WHERE id = $2
    RETURNING account_version - cardinality($1::uuid[]) before)
  UPDATE account_chats a SET version = stream.before + c.nth, is_in = false, at = c.version
  FROM stream, (SELECT id, version, row_number() OVER (ORDER BY id) nth FROM chats WHERE id = ANY($1)) c
  WHERE a.user_id = $2 AND a.chat_id = c.id`;

/**
 * Counts own messages anew in chats of the kept account that the other, or an alias of it, had left: what it wrote there is
 * own now. Whoever sends raises the account's version, which is held, so no own message can slip in. The aliases are set.
 */
export async function countOwnAnew(
  manager: EntityManager,
  { keptId }: Merging,
  aliasIds: string[],
): Promise<void> {
  await manager.query(
    `WITH counted AS (
       SELECT a.chat_id, c.last_seq, (
         SELECT count(*) FROM messages m WHERE m.chat_id = a.chat_id AND m.seq > a.read_seq AND m.seq <= c.last_seq
           AND ${isOwn('m.sender_id', '$1')}) own
       FROM account_chats a JOIN chats c ON c.id = a.chat_id
       WHERE a.user_id = $1 AND a.is_in AND a.read_seq < c.last_seq AND EXISTS (
         SELECT 1 FROM members x WHERE x.chat_id = a.chat_id AND x.user_id = ANY($2))),
     differs AS (
       SELECT n.*, row_number() OVER (ORDER BY n.chat_id) nth FROM counted n JOIN account_chats a ON a.user_id = $1 AND a.chat_id = n.chat_id
       WHERE a.own <> n.own OR a.last <> n.last_seq),
     stream AS (
       UPDATE users SET account_version = account_version + (SELECT count(*) FROM differs) WHERE id = $1
       RETURNING account_version - (SELECT count(*) FROM differs) before)
     UPDATE account_chats a SET own = d.own, last = d.last_seq, version = stream.before + d.nth
     FROM differs d, stream WHERE a.user_id = $1 AND a.chat_id = d.chat_id`,
    [keptId, aliasIds],
  );
}

/**
 * Of several chats with the same person only the one with the newest message stays in the kept account's list, where one
 * of them came by this merge; of those with oneself the own saved chat. The aliases are set.
 */
export async function archiveDoubles(
  manager: EntityManager,
  { keptId }: Merging,
  chatIds: string[],
): Promise<void> {
  await manager.query(
    `WITH mine AS (
       SELECT a.chat_id, a.is_archived, c.id = $2 is_saved, (
           SELECT min(coalesce(p.merged_into, p.id)::text) FROM members m JOIN people p ON p.id = m.user_id
           WHERE m.chat_id = c.id AND coalesce(p.merged_into, p.id) <> $1) peer,
         coalesce((SELECT m.created_at FROM messages m WHERE m.chat_id = c.id AND m.seq = c.last_seq), c.created_at) at
       FROM account_chats a JOIN chats c ON c.id = a.chat_id
       WHERE a.user_id = $1 AND a.is_in AND c.kind IN ('direct', 'saved')),
     doubles AS (
       SELECT chat_id, is_archived, row_number() OVER (PARTITION BY peer ORDER BY is_saved DESC, at DESC, chat_id) place,
         bool_and(is_archived) OVER (PARTITION BY peer) is_out_of_sight,
         bool_or(chat_id = ANY($3)) OVER (PARTITION BY peer) AND count(*) OVER (PARTITION BY peer) > 1 is_double
       FROM mine),
     wanted AS (
       SELECT chat_id, place > 1 is_archived, row_number() OVER (ORDER BY chat_id) nth FROM doubles
       WHERE is_double AND NOT is_out_of_sight AND is_archived <> (place > 1)),
     stream AS (
       UPDATE users SET account_version = account_version + (SELECT count(*) FROM wanted) WHERE id = $1
       RETURNING account_version - (SELECT count(*) FROM wanted) before)
     UPDATE account_chats a SET is_archived = w.is_archived, version = stream.before + w.nth
     FROM wanted w, stream WHERE a.user_id = $1 AND a.chat_id = w.chat_id`,
    [keptId, savedChatId(keptId), chatIds],
  );
}
