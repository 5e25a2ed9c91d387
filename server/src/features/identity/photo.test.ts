import { createId } from '@ahoy/shared/domain/ids.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import { failureOf } from '../../test/identityWorld.ts';
import { jpegComment, makeJpeg } from '../../test/makeJpeg.ts';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let photos = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** One that nobody else has. */
function photo(bytes?: number): Buffer {
  photos += 1;
  const jpeg = makeJpeg({ width: LIMITS.photoPixels, note: `photo ${String(photos).padStart(4, '0')}` });
  if (!bytes) return jpeg;
  const [half, rest] = [Math.floor((bytes - jpeg.length) / 2), Math.ceil((bytes - jpeg.length) / 2)];
  return Buffer.concat([jpeg.subarray(0, 2), jpegComment(half), jpegComment(rest), jpeg.subarray(2)]);
}

const set = async (who: TestPerson, jpeg = photo()) => {
  const { person } = await who.api.identity.setPhoto({ jpeg: jpeg.toString('base64') });
  return { jpeg, person, photoId: person.photoId ?? '' };
};
const get = (photoId: string, accessToken?: string) =>
  fetch(`${server.url}/api/people/photos/${photoId}`, {
    headers: accessToken ? { authorization: `Bearer ${accessToken}` } : {},
  });

test('a photo is told to everybody who sees the person, and given as the JPEG that it is', async () => {
  const [ann, bob] = [await server.person('Ann'), await server.person('Bob')];
  const opened = await ann.api.chats.openDirect({ personId: bob.id });
  const { asOf } = await bob.api.sync.sync({ account: 0, chats: {} });
  const socket = await bob.connect();
  const heard = next(socket, 'people');
  const { jpeg, person, photoId } = await set(ann, photo(LIMITS.photoBytes));
  expect(person).toEqual({ ...ann.me.person, version: 2, photoId: expect.stringMatching(/^.{14}4/) });
  expect(await heard).toEqual([person]);

  const { chatId } = opened.delta;
  expect((await bob.api.sync.sync({ account: 0, asOf, chats: {} })).people).toContainEqual(person);
  const [delta] = (await bob.api.sync.sync({ account: 0, chats: { [chatId]: 0 } })).deltas;
  expect(delta?.people).toContainEqual(person);
  const live = next(socket, 'chat');
  await ann.api.messages.send({ id: createId(), chatId, text: 'see?' });
  expect((await live).people).toContainEqual(person);
  expect((await bob.api.contacts.find({ query: ann.email })).person).toEqual(person);
  await bob.api.contacts.block({ personId: ann.id });
  expect((await bob.api.contacts.blocked({})).people).toEqual([person]);
  expect((await ann.api.identity.me({})).person).toEqual(person);

  const answer = await get(photoId, bob.accessToken);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(jpeg.length),
    'content-disposition': expect.stringMatching(/^inline/),
    // Devices keep it in their copy, which is gone when one signs out.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpeg);
  const file = await bob.api.contacts.photo({ photoId });
  expect(Buffer.from(await file.arrayBuffer())).toEqual(jpeg);
});

test('a new photo takes the place of the old one, which is gone; the very same is no change', async () => {
  const ann = await server.person('Ann');
  const { asOf } = await ann.api.sync.sync({ account: 0, chats: {} });
  const first = await set(ann);
  // Her other devices hear of it without any chat.
  expect((await ann.api.sync.sync({ account: 0, asOf, chats: {} })).people).toEqual([first.person]);
  expect((await set(ann, first.jpeg)).person).toEqual(first.person);
  const second = await set(ann);
  expect(second.person).toEqual({ ...first.person, version: 3, photoId: second.photoId });
  expect(second.photoId).not.toBe(first.photoId);
  const gone = await get(first.photoId, ann.accessToken);
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
  expect((await get(createId(), ann.accessToken)).status).toBe(404);

  const { person } = await ann.api.identity.removePhoto({});
  expect(person).toEqual({ ...ann.me.person, version: 4 });
  expect((await ann.api.identity.removePhoto({})).person).toEqual(person);
  expect((await get(second.photoId, ann.accessToken)).status).toBe(404);
});

test('of photos set at once one stays, and each that was told had a version of its own', async () => {
  const ann = await server.person('Ann');
  const all = await Promise.all(Array.from({ length: 5 }, () => set(ann)));
  expect(all.map(({ person }) => person.version).sort()).toEqual([2, 3, 4, 5, 6]);
  const last = all.find(({ person }) => person.version === 6);
  expect((await ann.api.identity.me({})).person).toEqual(last?.person);
  const found = await Promise.all(all.map(({ photoId }) => get(photoId, ann.accessToken)));
  expect(found.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('who has no session sees none; a guest sees those of others, and sets none', async () => {
  const host = await server.person('Host');
  const { person, photoId } = await set(host);
  expect((await get(photoId)).status).toBe(401);
  expect((await get(photoId, 'made up')).status).toBe(401);
  expect(await failureOf(server.api().identity.removePhoto({}))).toEqual({ code: 'UNAUTHORIZED' });

  const wish = { id: createId(), title: 'Open', media: 'audio' as const };
  const { room } = await host.api.rooms.create({ ...wish, hasWaitingRoom: true });
  const waiting = await server.person('Waiting');
  const knocking = await set(waiting);
  await waiting.api.rooms.enter({ key: room.token });
  const { knocks } = await host.api.rooms.waiting({ chatId: room.chatId });
  expect(knocks.map((knock) => knock.person)).toEqual([knocking.person]);

  const guest = await startGuestBrowser(server, room.token, 'Gus');
  await host.api.rooms.admit({ chatId: room.chatId, personId: guest.id });
  const { deltas } = await guest.api.sync.sync({ account: 0, chats: { [room.chatId]: 0 } });
  expect(deltas[0]?.people).toContainEqual(person);
  expect((await get(photoId, guest.session.accessToken)).status).toBe(200);
  const jpeg = photo().toString('base64');
  expect(await failureOf(guest.api.identity.setPhoto({ jpeg }))).toEqual({ code: 'FORBIDDEN' });
});

test.each([
  ['no base64', 'a photo?'],
  ['nothing', ''],
  [
    'a PNG',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ],
  ['a truncated JPEG', makeJpeg().subarray(0, 80).toString('base64')],
  ['a JPEG that claims 60,000 pixels each way', makeJpeg({ width: 60_000 }).toString('base64')],
  ['one too wide by a pixel', makeJpeg({ width: 641, height: 640 }).toString('base64')],
  ['one without height', makeJpeg({ width: 640, height: 0 }).toString('base64')],
  ['one too large by a byte', photo(LIMITS.photoBytes + 1).toString('base64')],
])('%s is no photo, and changes nothing', async (_what, jpeg) => {
  const ann = await server.person('Ann');
  const refused = ann.api.identity.setPhoto({ jpeg });
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { fields: ['jpeg'] } });
  expect(await ann.api.identity.me({})).toEqual(ann.me);
});

test('who changes it all the time is asked to wait', async () => {
  const ann = await server.person('Ann');
  for (let n = 0; n < 20; n += 1) await set(ann);
  expect(await failureOf(set(ann))).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  await ann.api.identity.removePhoto({});
});
