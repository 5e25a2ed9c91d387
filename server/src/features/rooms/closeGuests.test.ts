import { createId } from '@ahoy/shared/domain/ids.ts';
import { expect, test } from 'vitest';
import { createDataSource } from '../../database/dataSource.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import { startServer } from '../../test/startServer.ts';
import { createAnnouncer } from '../announcements.ts';
import { roomsCleanup } from './closeGuests.ts';

test('when a room is past its time, the cleanup ends its guests, but not in the middle of a call', async () => {
  const server = await startServer();
  const connection = server.database;
  const dataSource = await createDataSource({ connection, ...schema, log: createLog('silent') }).initialize();
  try {
    const ann = await server.person('Ann');
    const make = async () =>
      (await ann.api.rooms.create({ id: createId(), title: 'Past', media: 'audio', hasWaitingRoom: false }))
        .room;
    const [silent, busy, open] = [await make(), await make(), await make()];
    const [first, second, third] = [
      await startGuestBrowser(server, silent.token, 'First'),
      await startGuestBrowser(server, busy.token, 'Second'),
      await startGuestBrowser(server, open.token, 'Third'),
    ];
    await ann.api.rooms.update({ chatId: silent.chatId, hasWaitingRoom: true });
    const late = await startGuestBrowser(server, silent.token, 'Late');
    const ids = { id: createId(), participantId: createId() };
    await second.api.calls.start({ ...ids, chatId: busy.chatId, media: 'audio' });
    await dataSource.query(`UPDATE rooms SET expires_at = now() - interval '1 minute' WHERE chat_id <> $1`, [
      open.chatId,
    ]);
    const wish = { id: createId(), participantId: createId(), media: 'audio' as const };
    const closed = expect.objectContaining({ code: 'ROOM_CLOSED' });
    await expect(first.api.calls.start({ ...wish, chatId: silent.chatId })).rejects.toEqual(closed);
    const announcer = createAnnouncer((error) => {
      throw error;
    });
    const told: unknown[] = [];
    announcer.on('sessionEnded', ({ userId }) => told.push(userId));
    announcer.on('roomNews', ({ userIds, news }) => told.push([userIds, news.kind]));
    for (const task of roomsCleanup({ dataSource, announcer, clock: () => new Date() })) await task.run(100);
    expect(told).toEqual(
      expect.arrayContaining([first.id, late.id, [[late.id], 'standing'], [[ann.id], 'waiting']]),
    );
    expect(told).toHaveLength(4);
    expect((await third.api.rooms.standing({ chatId: open.chatId })).state).toBe('in');
    expect((await ann.api.rooms.list({})).rooms).toHaveLength(3);
    // Its members with an account keep the chat.
    await ann.api.messages.send({ id: createId(), chatId: silent.chatId, text: 'still here' });
  } finally {
    await dataSource.destroy();
    await server.stop();
  }
});
