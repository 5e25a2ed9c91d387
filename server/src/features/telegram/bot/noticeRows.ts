import type { DataSource } from 'typeorm';
import type { TelegramNoticeEntity } from '../telegram.entity.ts';

/** Longer than the two or three requests of one piece of work may take. */
const CLAIM_SECONDS = 60;
/** A process that is at it has done what is due by then, or has died. */
const SWEPT_AFTER_SECONDS = 4;
const SWEPT_AT_ONCE = 200;
const MOST_TRIES = 6;

export type NoticeKey = { userId: string; subjectId: string; telegramId: number; kind: 'messages' | 'call' };
export type NoticeRow = Omit<TelegramNoticeEntity, 'toldAt' | 'sentAt' | 'dueAt' | 'claimedUntil'> & {
  /** As text: what was asked for in between is told apart to the microsecond. */
  dueAt: string;
  /** Since something new was told last; null: nothing was. */
  toldMsAgo: number | null;
};

/** What stands in a row once the work is done; null: there is nothing more to it. */
export type NoticeResult = { messageId: number | null; toldSeq: number; isTold: boolean } | null;

const keys = `user_id "userId", subject_id "subjectId", telegram_id "telegramId", kind`;

/** Notes that somebody is to be told of messages, or of a call. */
export async function wantNotices(
  dataSource: DataSource,
  wanted: (NoticeKey & { chatId: string; firstSeq: number; seq: number })[],
): Promise<void> {
  if (wanted.length === 0) return;
  const sorted = wanted.toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
  await dataSource.query(
    `INSERT INTO telegram_notices AS t
       (user_id, subject_id, chat_id, kind, telegram_id, first_seq, seq, due_at)
     SELECT w.*, clock_timestamp() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
       w (user_id, subject_id, chat_id, kind, telegram_id, first_seq, seq)
     ON CONFLICT (user_id, subject_id) DO UPDATE SET
       first_seq = least(t.first_seq, excluded.first_seq), seq = greatest(t.seq, excluded.seq),
       message_id = CASE WHEN t.telegram_id = excluded.telegram_id THEN t.message_id END,
       telegram_id = excluded.telegram_id, due_at = clock_timestamp()`,
    [
      sorted.map((each) => each.userId),
      sorted.map((each) => each.subjectId),
      sorted.map((each) => each.chatId),
      sorted.map((each) => each.kind),
      sorted.map((each) => each.telegramId),
      sorted.map((each) => each.firstSeq),
      sorted.map((each) => each.seq),
    ],
  );
}

/** Something has become of a call: whoever was told of it is to see that. */
export function callIsOver(dataSource: DataSource, callId: string): Promise<NoticeKey[]> {
  return changed(dataSource, `subject_id = $1 AND kind = 'call'`, [callId]);
}

/** Chats that people have read up to somewhere. */
export function chatsWereRead(
  dataSource: DataSource,
  reads: { userId: string; chatId: string; seq: number }[],
): Promise<NoticeKey[]> {
  return changed(
    dataSource,
    `kind = 'messages' AND EXISTS (
       SELECT 1 FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) r (user_id, chat_id, seq)
       WHERE r.user_id = t.user_id AND r.chat_id = t.subject_id AND r.seq >= t.seq)
     AND t.user_id = ANY($1)`,
    [reads.map(({ userId }) => userId), reads.map(({ chatId }) => chatId), reads.map(({ seq }) => seq)],
  );
}

/** Messages that were edited or deleted may stand in what somebody sees. */
export function messagesChanged(
  dataSource: DataSource,
  chatId: string,
  seqs: number[],
): Promise<NoticeKey[]> {
  return changed(
    dataSource,
    `t.subject_id = $1 AND kind = 'messages' AND EXISTS (
       SELECT 1 FROM unnest($2::bigint[]) s (seq) WHERE s.seq BETWEEN t.first_seq AND t.seq)`,
    [chatId, seqs],
  );
}

async function changed(dataSource: DataSource, which: string, values: unknown[]): Promise<NoticeKey[]> {
  const [rows]: [NoticeKey[], number] = await dataSource.query(
    `UPDATE telegram_notices t SET due_at = clock_timestamp() WHERE ${which} RETURNING ${keys}`,
    values,
  );
  return rows;
}

/** What was left lying: by a process that died, for want of room, or to be tried again. */
export function findDue(dataSource: DataSource): Promise<NoticeKey[]> {
  return dataSource.query(
    `SELECT ${keys} FROM telegram_notices
     WHERE due_at < now() - $1 * interval '1 second' AND (claimed_until IS NULL OR claimed_until < now())
     ORDER BY due_at LIMIT ${SWEPT_AT_ONCE}`,
    [SWEPT_AFTER_SECONDS],
  );
}

/** Only one process gets it; undefined where another is at it, or nothing is to be done. */
export async function claimNotice(
  dataSource: DataSource,
  { userId, subjectId }: NoticeKey,
): Promise<NoticeRow | undefined> {
  const [rows]: [NoticeRow[], number] = await dataSource.query(
    `UPDATE telegram_notices SET claimed_until = now() + $3 * interval '1 second'
     WHERE user_id = $1 AND subject_id = $2 AND due_at IS NOT NULL
       AND (claimed_until IS NULL OR claimed_until < now())
     RETURNING ${keys}, chat_id "chatId", message_id "messageId", first_seq "firstSeq", seq, told_seq "toldSeq",
       tries, due_at::text "dueAt", (extract(epoch FROM now() - told_at) * 1000)::float8 "toldMsAgo"`,
    [userId, subjectId, CLAIM_SECONDS],
  );
  return rows[0];
}

/** Writes what is shown now and lets go; answers whether more was asked for meanwhile. */
export async function settleNotice(
  dataSource: DataSource,
  { userId, subjectId, dueAt }: NoticeRow,
  result: NoticeResult,
): Promise<boolean> {
  const { messageId, toldSeq, isTold } = result ?? { messageId: null, toldSeq: 0, isTold: false };
  const removed = result
    ? 0
    : await count(
        dataSource,
        'DELETE FROM telegram_notices WHERE user_id = $1 AND subject_id = $2 AND due_at = $3::timestamptz',
        [userId, subjectId, dueAt],
      );
  if (removed > 0) return false;
  const [rows]: [{ isDue: boolean }[], number] = await dataSource.query(
    `UPDATE telegram_notices SET claimed_until = NULL, tries = 0, message_id = $4, told_seq = greatest(told_seq, $5),
       told_at = CASE WHEN $6 THEN now() ELSE told_at END, sent_at = now(),
       due_at = CASE WHEN due_at = $3::timestamptz THEN NULL ELSE due_at END
     WHERE user_id = $1 AND subject_id = $2 RETURNING due_at IS NOT NULL "isDue"`,
    [userId, subjectId, dueAt, messageId, toldSeq, isTold],
  );
  return rows[0]?.isDue ?? false;
}

/** Lets it rest and be tried again, a few times; not counted where Telegram only asks for patience. */
export async function putOff(
  dataSource: DataSource,
  { userId, subjectId, messageId }: Pick<NoticeRow, 'userId' | 'subjectId' | 'messageId'>,
  { pauseMs, isCounted }: { pauseMs: number; isCounted: boolean },
): Promise<void> {
  await dataSource.query(
    `UPDATE telegram_notices SET claimed_until = now() + $3 * interval '1 millisecond', message_id = $4,
       tries = tries + $5, due_at = CASE WHEN tries + $5 < ${MOST_TRIES} THEN due_at END
     WHERE user_id = $1 AND subject_id = $2`,
    [userId, subjectId, pauseMs, messageId, isCounted ? 1 : 0],
  );
}

export async function isShown(dataSource: DataSource, { userId, subjectId }: NoticeKey): Promise<boolean> {
  const [row]: { messageId: number | null }[] = await dataSource.query(
    'SELECT message_id "messageId" FROM telegram_notices WHERE user_id = $1 AND subject_id = $2',
    [userId, subjectId],
  );
  return (row?.messageId ?? null) !== null;
}

/** What was said long ago: nobody changes it any more. */
export function noticesCleanup(dataSource: DataSource) {
  return [
    {
      name: 'what the bot has said',
      run: (limit: number) =>
        count(
          dataSource,
          `DELETE FROM telegram_notices WHERE (user_id, subject_id) IN (
             SELECT user_id, subject_id FROM telegram_notices WHERE sent_at < now() - interval '7 days' LIMIT $1)`,
          [limit],
        ),
    },
  ];
}

async function count(dataSource: DataSource, text: string, values: unknown[]): Promise<number> {
  const [, removed]: [unknown[], number] = await dataSource.query(text, values);
  return removed;
}
