import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { WebSocket, WebSocketServer } from 'ws';

/**
 * The lower bound of a durable message: bare `ws`, and the same rows written by bare `pg` in one statement. No check of
 * who may, no idempotency, no HTTP. A process of its own, as the server is. Arguments: database URL, number of pairs.
 */
const [databaseUrl, pairs] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });

await pool.query(`
  CREATE TABLE bound_chats (id int PRIMARY KEY, version bigint NOT NULL, last_seq bigint NOT NULL);
  CREATE TABLE bound_users (id int PRIMARY KEY, account_version bigint NOT NULL, read_seq bigint NOT NULL);
  CREATE TABLE bound_messages (id uuid PRIMARY KEY, chat_id int NOT NULL, seq bigint NOT NULL, sender_id int NOT NULL,
    text text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (chat_id, seq));
  INSERT INTO bound_chats SELECT i, 0, 0 FROM generate_series(0, ${Number(pairs)} - 1) i;
  INSERT INTO bound_users SELECT i, 0, 0 FROM generate_series(0, ${Number(pairs) * 2} - 1) i;
`);

const SEND = {
  name: 'send',
  text: `WITH chat AS (
           UPDATE bound_chats SET version = version + 1, last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq),
         account AS (
           UPDATE bound_users SET account_version = account_version + 1, read_seq = chat.last_seq FROM chat
           WHERE id = $2)
         INSERT INTO bound_messages (id, chat_id, seq, sender_id, text)
         SELECT $3, $1, last_seq, $2, $4 FROM chat RETURNING seq`,
};

const sockets = new Map<number, WebSocket>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
server.on('connection', (socket, request) => {
  const user = Number(request.url?.slice(1));
  sockets.set(user, socket);
  socket.on('message', async (data) => {
    const text = data.toString();
    await pool.query({ ...SEND, values: [user >> 1, user, randomUUID(), text] });
    // The sender is answered, the other one told.
    socket.send('ok');
    const peer = sockets.get(user ^ 1);
    if (peer?.readyState === WebSocket.OPEN) peer.send(text);
  });
});
process.once('disconnect', () => process.exit(0));
