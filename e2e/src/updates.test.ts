import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { chooseInMenu, composer, openFromList, write } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { openTab, seeInstalled } from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { changeBuild, copyBuild } from './harness/secondVersion.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

const DRAFT = 'Half a thought';
const OWN = 'On my way';
const NEXT = '2';
const PATIENCE = { timeout: 12_000 };

let folder: string;
let ahoy: Ahoy;
let browsers: Browsers;
let boris: ApiPerson;
let chatId: string;
let anna: Device;
/** Another page of the same browser, which stays at the first version. */
let tab: Device;
/** What the settings of the first version are made of. */
let oldChunk: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahoy-build-'));
  await copyBuild(folder);
  ahoy = await startAhoy({ env: { CLIENT_DIR: folder } });
  browsers = await openBrowser(ahoy.url);
  const [a, b] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Salt' }),
    registerPerson(ahoy, { name: 'Boris Mate' }),
  ]);
  boris = b;
  chatId = await openChat(a, b);
  await b.api.messages.send({ id: createId(), chatId, text: 'Are you there?', replyToId: null });
  anna = await browsers.desktop();
  anna.expectComplaints(NETWORK_COMPLAINTS);
  // The machine has no loudspeaker that could ring.
  anna.expectComplaints(/AudioContext encountered an error/);
  await comeIn(anna, a.email);
  await seeInstalled(anna);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
  await rm(folder, { recursive: true, force: true });
});
tellInChapters(() => browsers);

const offer = ({ page, words }: Device) => page.getByText(words.install.updateReady);
const draftIn = (device: Device) => composer(device).inputValue();
const versionOf = (page: Page) =>
  page.evaluate(() => document.querySelector('meta[name="test-version"]')?.getAttribute('content') ?? null);
/** What the app does every hour. */
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
/** Marks the page, so that a reload is noticed. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-marked', ''));
const isMarked = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-marked'));

test('a new version is fetched in the background, and not offered while something is being written', async () => {
  await openFromList(anna, boris.name);
  await composer(anna).fill(DRAFT);
  tab = await openTab(anna, '/chats');
  await tab.page.getByRole('heading', { name: anna.words.chats.title, exact: true }).waitFor();
  await Promise.all([mark(anna.page), mark(tab.page)]);

  await ahoy.kill();
  oldChunk = await changeBuild(folder, NEXT);
  await ahoy.start();
  await lookForUpdate(anna.page);
  // The tab in which nobody writes has it first.
  await offer(tab).waitFor();
  expect(await offer(anna).isVisible()).toBe(false);
  await composer(anna).fill('');
  await offer(anna).waitFor();
});

test('nor while an older message is changed, which no draft would keep', async () => {
  await write(anna, OWN);
  await offer(anna).waitFor();
  await chooseInMenu(anna, OWN, 'edit');
  await offer(anna).waitFor({ state: 'detached' });
  await composer(anna).press('Escape');
  await offer(anna).waitFor();
  await composer(anna).fill(DRAFT);
});

test('nor while it rings', async () => {
  await anna.page.getByRole('link', { name: anna.words.common.tabPeople }).click();
  await offer(anna).waitFor();
  const call = { id: createId(), participantId: createId() };
  await boris.api.calls.start({ ...call, chatId, media: 'audio' });
  await offer(anna).waitFor({ state: 'detached' });
  await boris.api.calls.leave(call);
  await offer(anna).waitFor();
});

test('it is taken when the person wants it, with the draft kept', async () => {
  await anna.page.getByRole('button', { name: anna.words.install.update, exact: true }).click();
  await expect.poll(() => versionOf(anna.page).catch(() => null), PATIENCE).toBe(NEXT);
  await anna.page.goto(`/chats/${chatId}`);
  await expect.poll(() => draftIn(anna), PATIENCE).toBe(DRAFT);
});

test('a page of the old version goes on, also with screens that it opens only now, until it is reloaded', async () => {
  expect(await isMarked(tab.page)).toBe(true);
  const late = tab.page.waitForResponse((response) => response.url().endsWith(oldChunk));
  await tab.page.getByRole('link', { name: anna.words.common.tabSettings }).first().click();
  await tab.page.getByRole('heading', { name: anna.words.settings.title }).waitFor();
  expect((await late).status()).toBe(200);
  expect(await isMarked(tab.page)).toBe(true);
  await tab.page.getByRole('button', { name: anna.words.install.update, exact: true }).click();
  await expect.poll(() => versionOf(tab.page).catch(() => null), PATIENCE).toBe(NEXT);
  await tab.page.close();

  const gone = await fetch(`${ahoy.url}/assets/gone-1a2b.js`, { headers: { accept: 'text/html' } });
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
});

test('a server that no longer understands the page has it reloaded, with the draft kept', async () => {
  await anna.page.route('**/api/server', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), minClientProtocol: 99 } });
  });
  await anna.page.goto(`/chats/${chatId}`);
  await anna.page.getByRole('heading', { name: anna.words.install.tooOld }).waitFor();
  await anna.page.unroute('**/api/server');
  await anna.page.getByRole('button', { name: anna.words.install.update }).click();
  await expect.poll(() => draftIn(anna).catch(() => null), PATIENCE).toBe(DRAFT);
});

test('the operator takes the worker back: it clears what it had and leaves, and no page is reloaded', async () => {
  await mark(anna.page);
  const held = () =>
    anna.page.evaluate(async () => ({
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      caches: await caches.keys(),
    }));
  expect((await held()).caches).not.toEqual([]);
  await writeFile(join(ahoy.dataDir, 'no-worker'), '');
  await lookForUpdate(anna.page);
  await expect.poll(held, PATIENCE).toEqual({ workers: 0, caches: [] });
  expect(await isMarked(anna.page)).toBe(true);
  expect(await draftIn(anna)).toBe(DRAFT);
  // From the network alone it works as before, and when the worker is back, it is there again.
  await anna.page.reload();
  await expect.poll(() => draftIn(anna), PATIENCE).toBe(DRAFT);
  await expect.poll(held, PATIENCE).toEqual({ workers: 0, caches: [] });
  await rm(join(ahoy.dataDir, 'no-worker'));
  await anna.page.reload();
  await seeInstalled(anna);
  expect((await held()).caches).not.toEqual([]);
});
