import { createId } from '@ahoy/shared/domain/ids.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let dataSource: DataSource;

beforeAll(async () => {
  server = await startServer();
  dataSource = await server.openDatabase();
});
afterAll(() => server?.stop());

async function call() {
  const [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
  const { chatId } = (await anna.api.chats.openDirect({ personId: boris.id })).delta;
  const [id, mine, theirs] = [createId(), createId(), createId()];
  await anna.api.calls.start({ id, chatId, participantId: mine, media: 'video' });
  return { anna, boris, id, mine, theirs };
}

/** As if it had happened that long ago. */
const age = (table: string, column: string, id: string) =>
  dataSource.query(`UPDATE ${table} SET ${column} = now() - interval '31 seconds' WHERE id = $1`, [id]);

test('what nobody answers is missed, and told at once', async () => {
  const { anna, id } = await call();
  const socket = await anna.connect();
  const ended = next(socket, 'call', (each) => each.phase === 'ended');
  await age('calls', 'rings_until', id);
  expect(await ended).toMatchObject({ id, outcome: 'missed', invitations: [{ state: 'missed' }] });
});

test('who is silent for too long has left, unless another one hears them', async () => {
  const { anna, boris, id, mine, theirs } = await call();
  await boris.api.calls.join({ id, participantId: theirs });
  const socket = await anna.connect();
  await age('call_participants', 'seen_at', theirs);
  expect(await socket.emitWithAck('inCall', { callId: id, participantId: mine, hears: [theirs] })).toBe(true);
  const { call: before } = await anna.api.calls.details({ id });
  expect(before.phase).toBe('active');
  const ended = next(socket, 'call', (each) => each.phase === 'ended');
  await age('call_participants', 'seen_at', theirs);
  expect((await ended).outcome).toBe('answered');
});

test('the longest call ends', async () => {
  const { anna, boris, id, theirs } = await call();
  await boris.api.calls.join({ id, participantId: theirs });
  await age('calls', 'ends_by', id);
  await vi.waitFor(
    async () => expect((await anna.api.calls.details({ id })).call.phase).toBe('ended'),
    5_000,
  );
});
