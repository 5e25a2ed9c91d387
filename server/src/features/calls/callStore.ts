import type { CallState } from '@ahoy/shared/domain/call.ts';
import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';
import type { CallEntity } from './call.entity.ts';

/** A call as the rules see it, with what they do not need. */
export type HeldCall = {
  row: Pick<CallEntity, 'chatId' | 'messageId' | 'version' | 'media'>;
  state: CallState;
};

/** By whose session a device joins. */
export type Joining = { participantId: string; sessionId: string };

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const time = (value: string) => `to_timestamp(${value}::float8 / 1000)`;

const TIMES = `'joinedAt', ${ms('joined_at')}, 'leftAt', ${ms('left_at')}`;

/** Rows that belong to the call `c`, in its own row: people wait while it is read. */
const rows = (table: string, columns: string, order: string) =>
  `(SELECT coalesce(json_agg(json_build_object(${columns}) ORDER BY ${order}), '[]') FROM ${table} WHERE call_id = c.id)`;

/** Milliseconds by the database's clock: processes may disagree about the time. */
export async function readNow(manager: EntityManager): Promise<number> {
  const [row]: { now: number }[] = await manager.query(`SELECT ${ms('clock_timestamp()')} "now"`);
  return row?.now ?? Date.now();
}

/** Whoever changes a call holds its chat's row, and whoever only reads may see it between two changes. */
export async function loadCall(manager: EntityManager, id: string): Promise<HeldCall | undefined> {
  const [row]: (HeldCall['row'] & CallState)[] = await manager.query(
    `SELECT id, chat_id "chatId", message_id "messageId", version, media, phase, outcome, started_by "startedBy",
       ${ms('started_at')} "startedAt", ${ms('answered_at')} "answeredAt", ${ms('ended_at')} "endedAt",
       ${ms('rings_until')} "ringsUntil", ${ms('ends_by')} "endsBy", needs_two "needsTwo",
       is_open "isOpen", capacity,
       ${rows('call_invitations', "'userId', user_id, 'state', state, 'isBusy', is_busy, 'reach', reach", 'user_id')}
         invitations,
       ${rows('call_participants', `'id', id, 'userId', user_id, ${TIMES}`, 'joined_at, id')} participants
     FROM calls c WHERE id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { chatId, messageId, version, media, ...state } = row;
  return { row: { chatId, messageId, version, media }, state };
}

/** The chat whose row is to be held before the call may be changed. */
export async function findChatOfCall(manager: EntityManager, id: string): Promise<string | undefined> {
  const [row]: { chatId: string }[] = await manager.query(
    'SELECT chat_id "chatId" FROM calls WHERE id = $1',
    [id],
  );
  return row?.chatId;
}

export async function findOpenCall(manager: EntityManager, chatId: string): Promise<HeldCall | undefined> {
  const [row]: { id: string }[] = await manager.query(
    `SELECT id FROM calls WHERE chat_id = $1 AND phase <> 'ended'`,
    [chatId],
  );
  return row && loadCall(manager, row.id);
}

export async function insertCall(
  manager: EntityManager,
  call: HeldCall,
  joining: Joining,
  now: number,
): Promise<void> {
  const { row, state } = call;
  await manager.query(
    `INSERT INTO calls (id, chat_id, message_id, version, media, phase, outcome, started_by, started_at, rings_until,
       ends_by, needs_two, answered_at, is_open, capacity)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${time('$9')}, ${time('$10')}, ${time('$11')}, $12, ${time('$13')}, $14, $15)`,
    [
      ...[state.id, row.chatId, row.messageId, row.version, row.media, state.phase, state.outcome],
      ...[state.startedBy, state.startedAt, state.ringsUntil, state.endsBy, state.needsTwo],
      ...[state.answeredAt, state.isOpen, state.capacity],
    ],
  );
  await saveInvitations(manager, state);
  await saveParticipants(manager, state, joining, now);
}

/** Writes what a step has made of a call. */
export async function saveCall(
  manager: EntityManager,
  call: HeldCall,
  joining: Joining | null,
  now: number,
): Promise<void> {
  const { row, state } = call;
  await manager.query(
    `UPDATE calls SET version = $2, phase = $3, outcome = $4, answered_at = ${time('$5')}, ended_at = ${time('$6')}
     WHERE id = $1`,
    [state.id, row.version, state.phase, state.outcome, state.answeredAt, state.endedAt],
  );
  await saveInvitations(manager, state);
  await saveParticipants(manager, state, joining, now);
}

async function saveInvitations(manager: EntityManager, state: CallState): Promise<void> {
  const { invitations } = state;
  await manager.query(
    `INSERT INTO call_invitations (call_id, user_id, state, is_busy)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::boolean[])
     ON CONFLICT (call_id, user_id) DO UPDATE SET state = excluded.state`,
    [
      state.id,
      invitations.map((each) => each.userId),
      invitations.map((each) => each.state),
      invitations.map((each) => each.isBusy),
    ],
  );
}

/**
 * A device that joins, or comes back, is heard of now, and by the session that it comes with. CONFLICT for an id that is a
 * device of another call.
 */
async function saveParticipants(
  manager: EntityManager,
  state: CallState,
  joining: Joining | null,
  now: number,
): Promise<void> {
  const { participants } = state;
  const joined = participants.find((each) => each.id === joining?.participantId);
  if (joined) {
    const [kept] = await manager.query(
      `INSERT INTO call_participants AS c (id, call_id, user_id, session_id, joined_at, seen_at)
       VALUES ($1, $2, $3, $4, ${time('$5')}, ${time('$6')})
       ON CONFLICT (id) DO UPDATE SET session_id = excluded.session_id, seen_at = excluded.seen_at
       WHERE c.call_id = excluded.call_id AND c.user_id = excluded.user_id RETURNING id`,
      [joined.id, state.id, joined.userId, joining?.sessionId, joined.joinedAt, now],
    );
    if (!kept) throw fail('CONFLICT');
  }
  await manager.query(
    `UPDATE call_participants c SET left_at = ${time('p.left_at')}
     FROM unnest($2::uuid[], $3::float8[]) AS p (id, left_at)
     WHERE c.id = p.id AND c.call_id = $1 AND c.left_at IS DISTINCT FROM ${time('p.left_at')}`,
    [state.id, participants.map((each) => each.id), participants.map((each) => each.leftAt)],
  );
}
