import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import pg from 'pg';
import type { MessageEntity } from '../../server/src/features/messages/message.entity.ts';
import { messageColumns, presentMessage } from '../../server/src/features/messages/message.presenter.ts';

export type SeededChat = { id: string; lastSeq: number };

/** The server's rows of one person's chats, written into a migrated database as the server would have written them. */
export type OfflineRows = {
  /** Opens direct chats of these lengths, one with each of the others; nearly all is read. */
  seedChats: (me: string, others: readonly string[], lengths: readonly number[]) => Promise<SeededChat[]>;
  /** The others write `count` more messages into each of these chats, which begin with `mark`. */
  addMissed: (me: string, chats: readonly SeededChat[], count: number, mark: string) => Promise<void>;
  /** The newest message of this chat answers its first. */
  answerFirst: (chatId: string) => Promise<void>;
  /** The newest of each chat, or all messages, as the API presents them. */
  messages: (newest?: number) => Promise<Message[]>;
  close: () => Promise<void>;
};

const UNREAD = 5;
/** Chats of which the last messages are not read: one in ten. */
const UNREAD_EVERY = 10;
const WORDS = (
  'the harbour boat rope wind tide letter garden evening kettle market bridge window street morning ' +
  'ticket station river summer winter ladder basket candle mirror pocket blanket engine'
).split(' ');

/** 5 to 24 words. */
const TEXT = `(SELECT string_agg(($5::text[])[1 + (n * 7 + w * w * 13 + w * (n % 11)) % ${WORDS.length}], ' ')
  FROM generate_series(1, (5 + n % 20)::int) w)`;
/** A UUIDv7 of the message's time, as clients make them. */
const ID = `(SELECT (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 16))::uuid FROM (
  SELECT lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') h, gen_random_uuid()::text r) x)`;
const INSERT_MESSAGES = `
  INSERT INTO messages (id, chat_id, seq, version, sender_id, kind, text, content_hash, created_at)
  SELECT ${ID}, c.id, n, n + 1, CASE WHEN n % 3 = 0 AND n <= c.read THEN $1::uuid ELSE c.peer END,
    'text', $6::text || ' ' || n || ' ' || ${TEXT}, '', at
  FROM unnest($2::uuid[], $3::uuid[], $4::int[], $7::int[], $8::int[]) WITH ORDINALITY
    AS c (id, peer, last, first, read, place)
  CROSS JOIN generate_series(c.first, c.last) n
  CROSS JOIN LATERAL (SELECT now() - (c.place * 10 + c.last - n) * interval '1 minute' AS at) t`;

export async function openOfflineRows(databaseUrl: string): Promise<OfflineRows> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const peers = new Map<string, string>();

  async function insertMessages(
    me: string,
    rows: (SeededChat & { first: number; read: number })[],
    mark: string,
  ) {
    await client.query(INSERT_MESSAGES, [
      me,
      rows.map((chat) => chat.id),
      rows.map((chat) => peers.get(chat.id)),
      rows.map((chat) => chat.lastSeq),
      WORDS,
      mark,
      rows.map((chat) => chat.first),
      rows.map((chat) => chat.read),
    ]);
  }

  return {
    async seedChats(me, others, lengths) {
      const chats = lengths.map((lastSeq, index) => {
        const other = others[index] ?? '';
        const id = directChatId(me, other);
        peers.set(id, other);
        const read = index % UNREAD_EVERY === UNREAD_EVERY - 1 ? Math.max(0, lastSeq - UNREAD) : lastSeq;
        return { id, lastSeq, first: 1, read };
      });
      const ids = chats.map((chat) => chat.id);
      const reads = chats.map((chat) => chat.read);
      await client.query(
        `INSERT INTO chats (id, kind, version, row_version, last_seq, member_count, changed)
         SELECT id, 'direct', last + 1, 1, last, 2, 0 FROM unnest($1::uuid[], $2::int[]) AS c (id, last)`,
        [ids, chats.map((chat) => chat.lastSeq)],
      );
      await client.query(
        `INSERT INTO members (chat_id, user_id, version, since, read_seq, delivered_seq)
         SELECT c.id, u, 1, 1, c.read, c.last
         FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) AS c (id, peer, read, last)
         CROSS JOIN LATERAL unnest(ARRAY[c.peer, $5::uuid]) u`,
        [ids, others.slice(0, lengths.length), reads, chats.map((chat) => chat.lastSeq), me],
      );
      await client.query(
        `INSERT INTO account_chats (user_id, chat_id, version, at, read_seq, last)
         SELECT u.id, c.id, u.account_version + c.place, 1, c.read, c.last
         FROM unnest($1::uuid[], $2::int[], $3::int[]) WITH ORDINALITY AS c (id, read, last, place), users u
         WHERE u.id = $4`,
        [ids, reads, chats.map((chat) => chat.lastSeq), me],
      );
      await client.query('UPDATE users SET account_version = account_version + $2 WHERE id = $1', [
        me,
        ids.length,
      ]);
      await insertMessages(me, chats, 'Message');
      await client.query('ANALYZE');
      return chats.map(({ id, lastSeq }) => ({ id, lastSeq }));
    },
    async addMissed(me, chats, count, mark) {
      await client.query('BEGIN');
      const grown = chats.map((chat) => ({
        ...chat,
        lastSeq: chat.lastSeq + count,
        first: chat.lastSeq + 1,
        read: 0,
      }));
      await insertMessages(me, grown, mark);
      await client.query(
        `UPDATE chats SET version = version + $2, last_seq = last_seq + $2,
           changed = pg_current_xact_id()::text::bigint WHERE id = ANY($1)`,
        [chats.map((chat) => chat.id), count],
      );
      await client.query('COMMIT');
      for (const chat of chats) chat.lastSeq += count;
    },
    async answerFirst(chatId) {
      await client.query(
        `UPDATE messages SET reply_to_id = (SELECT id FROM messages WHERE chat_id = $1 AND seq = 1)
         WHERE chat_id = $1 AND seq = (SELECT last_seq FROM chats WHERE id = $1)`,
        [chatId],
      );
    },
    async messages(newest = Number.MAX_SAFE_INTEGER) {
      const { rows } = await client.query<
        MessageEntity & { seq: string; version: string; textStamp: string }
      >(
        `SELECT ${messageColumns('m')} FROM messages m JOIN chats c ON c.id = m.chat_id
         WHERE m.seq > c.last_seq - $1::bigint ORDER BY m.chat_id, m.seq`,
        [newest],
      );
      // The server's data source reads big integers as numbers; a bare client leaves them as texts.
      return rows.map((row) =>
        presentMessage({
          ...row,
          seq: Number(row.seq),
          version: Number(row.version),
          textStamp: Number(row.textStamp),
        }),
      );
    },
    close: () => client.end(),
  };
}
