import type { ServerResponse } from 'node:http';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { jpegComment, makeJpeg } from '../../test/makeJpeg.ts';
import { openMemoryBrowser } from '../../test/memoryBrowser.ts';
import { startOidcProvider, type TestOidc } from '../../test/oidcProvider.ts';
import { startServer, type TestApi, type TestServer } from '../../test/startServer.ts';
import { type Behaviour, startTlsHost, type TestTlsHost } from '../../test/startTlsHost.ts';
import { createTelegramSigner, type TelegramPerson } from '../../test/telegramSigner.ts';

const WAITING = { timeout: 20_000, interval: 20 };
const JPEG = makeJpeg({ width: 320 });

const signer = createTelegramSigner();
let host: TestTlsHost;
let oidc: TestOidc;
let server: TestServer;
let dataSource: DataSource;
let people = 0;

beforeAll(async () => {
  host = await startTlsHost((response) => response.end(JPEG));
  oidc = await startOidcProvider(signer.env.TELEGRAM_BOT_ID ?? '');
  server = await startServer(env());
  dataSource = await server.openDatabase();
});
afterAll(async () => {
  await server?.stop();
  await oidc?.stop();
  await host?.stop();
});

const env = () => ({
  ...{ ...signer.env, ...oidc.env },
  ...{ TELEGRAM_PHOTO_HOSTS: host.host, TELEGRAM_TEST_CA_FILE: host.authorityFile },
});

/** A Telegram user whom nobody has seen before, with a photo that lies at a path of their own. */
function stranger(behaviour?: Behaviour): TelegramPerson & { path: string } {
  people += 1;
  const path = `/photo${people}.jpg`;
  if (behaviour) host.behave(path, behaviour);
  return { id: 9_000 + people, first_name: 'Ann', photo_url: `https://${host.host}${path}`, path };
}

const proofOf = ({ path: _path, ...user }: TelegramPerson & { path: string }) => ({
  initData: signer.launch(user),
});

async function open(proof: { initData: string } | { ticket: string }, at = server) {
  const browser = openMemoryBrowser(at.url, `10.6.0.${people % 250}`);
  const session = browser.keep(await browser.api.telegram.signIn({ proof, locale: 'en' }));
  return { ...session, api: browser.api, id: session.me.person.id };
}

const photoOf = async (api: TestApi) => (await api.identity.me({})).person.photoId;
const asksFor = ({ path }: { path: string }) => host.received.filter((one) => one.path === path).length;

/** The photo that a person has got, once they have it. */
async function taken(api: TestApi): Promise<Buffer> {
  const photoId = await vi.waitFor(async () => {
    const known = await photoOf(api);
    if (!known) throw new Error('there is no photo yet');
    return known;
  }, WAITING);
  return Buffer.from(await (await api.contacts.photo({ photoId })).arrayBuffer());
}

/** There is nothing more to be taken over. */
const isSettled = (userId: string) =>
  vi.waitFor(async () => {
    const rows = await dataSource.query('SELECT photo_url FROM telegram_identities WHERE user_id = $1', [
      userId,
    ]);
    expect(rows).toEqual([{ photo_url: null }]);
  }, WAITING);

test('a new account gets the photo that its person has at Telegram, over a redirect', async () => {
  const user = stranger((response) => response.writeHead(302, { location: '/moved.jpg' }).end());
  const { id, api, me } = await open(proofOf(user));
  expect(me.person).not.toHaveProperty('photoId');
  expect(await taken(api)).toEqual(JPEG);
  expect((await api.identity.me({})).person.version).toBe(2);
  // A device that comes meanwhile knows it, too, before it is in any chat.
  const { people: own } = await api.sync.sync({ account: 0, chats: {} });
  expect(own).toEqual([(await api.identity.me({})).person]);
  await isSettled(id);
  await open(proofOf(user));
  expect(asksFor(user)).toBe(1);
});

test('so does one that is made by a login on the web', async () => {
  const user = stranger();
  oidc.signInAs(user);
  const api = server.api();
  const { url, secret } = await api.telegram.beginLogin({});
  const { ticket } = await api.telegram.finishLogin({ ...(await oidc.follow(url)), secret });
  expect(await taken((await open({ ticket })).api)).toEqual(JPEG);
});

test.each<[string, Behaviour]>([
  [
    'redirected to a host that nobody knows',
    (r) => r.writeHead(302, { location: 'https://example.org/' }).end(),
  ],
  ['redirected to this very machine', (r) => r.writeHead(302, { location: 'https://127.0.0.1/' }).end()],
  [
    'an SVG',
    (r) => r.setHeader('content-type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  ],
  ['not there', (r) => r.writeHead(404).end()],
  ['of 60,000 pixels each way', (r) => r.end(makeJpeg({ width: 60_000 }))],
  [
    'too large',
    (r) => r.end(makeJpeg({ before: [jpegComment(60_000), jpegComment(LIMITS.photoBytes - 60_000)] })),
  ],
])('a photo that is %s is given up', async (_how, behaviour) => {
  const user = stranger(behaviour);
  const { id, api } = await open(proofOf(user));
  await isSettled(id);
  await open(proofOf(user));
  expect(await photoOf(api)).toBeUndefined();
  expect(asksFor(user)).toBe(1);
});

test('a host that hangs holds up nobody, and the next launch tries again, or the same one after a reload', async () => {
  const { promise: hangs, resolve } = Promise.withResolvers<ServerResponse>();
  const user = stranger(resolve);
  const proof = proofOf(user);
  const { id, api } = await open(proof);
  const held = await hangs;
  expect(held.destroyed).toBe(false);
  expect(await photoOf(api)).toBeUndefined();
  host.behave(user.path, (response) => response.writeHead(500).end());
  held.destroy();
  await vi.waitFor(async () => {
    expect((await open(proof)).id).toBe(id);
    expect(asksFor(user)).toBeGreaterThan(1);
  }, WAITING);
  // Another address of it counts from now on.
  const later = { ...stranger(), id: user.id };
  await vi.waitFor(async () => {
    expect((await open(proofOf(later))).id).toBe(id);
    expect(await photoOf(api)).toBeDefined();
  }, WAITING);
  expect(asksFor(later)).toBe(1);
});

test('who has chosen a photo, or taken theirs away again, gets none from Telegram', async () => {
  const user = stranger((response) => response.writeHead(503).end());
  const { id, api } = await open(proofOf(user));
  await vi.waitFor(() => expect(asksFor(user)).toBe(1), WAITING);
  await api.identity.setPhoto({ jpeg: makeJpeg({ note: 'mine' }).toString('base64') });
  await api.identity.removePhoto({});
  await isSettled(id);
  await open(proofOf(user));
  expect(asksFor(user)).toBe(1);
  expect(await photoOf(api)).toBeUndefined();
});

test('an account that is linked with Telegram takes nothing over', async () => {
  const user = stranger();
  const ann = await server.person('Ann');
  await ann.api.telegram.link({ proof: proofOf(user) });
  expect((await open(proofOf(user))).id).toBe(ann.id);
  await isSettled(ann.id);
  expect(asksFor(user)).toBe(0);
  expect(await photoOf(ann.api)).toBeUndefined();
});

test('without an address that could be one, there is nothing to take over', async () => {
  for (const photo_url of [
    'http://t.me/a.jpg',
    'a.jpg',
    `https://t.me/${'a'.repeat(512)}`,
    7 as never,
    undefined,
  ]) {
    const { id } = await open(proofOf({ ...stranger(), photo_url }));
    await isSettled(id);
  }
});

test('a server that stops waits for no photo', async () => {
  const { promise: hangs, resolve } = Promise.withResolvers<ServerResponse>();
  const other = await startServer(env());
  await open(proofOf(stranger(resolve)), other);
  const held = await hangs;
  const gone = new Promise((done) => held.on('close', done));
  await other.stop();
  await gone;
});
