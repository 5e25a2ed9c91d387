import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { CHROMIUM } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill, WORDS } from './harness/words.ts';

let ahoy: Ahoy;
let folder: string;
let context: BrowserContext;

beforeAll(async () => {
  ahoy = await startAhoy();
  folder = await mkdtemp(join(tmpdir(), 'ahoy-profile-'));
  // Incognito contexts cannot install anything.
  context = await chromium.launchPersistentContext(folder, {
    ...CHROMIUM,
    baseURL: ahoy.url,
    locale: 'en-GB',
  });
});
afterAll(async () => {
  await context?.close();
  await ahoy?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('Chromium finds nothing in the way of an installation', async () => {
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('heading', { name: WORDS.en.identity.signInTitle }).waitFor();
  const devtools = await context.newCDPSession(page);
  const { errors, data = '' } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const manifest = JSON.parse(data);
  const pictures: { src: string; sizes: string }[] = [
    ...manifest.icons,
    ...manifest.screenshots,
    ...manifest.shortcuts.flatMap((shortcut: { icons: unknown[] }) => shortcut.icons),
  ];
  expect(await page.evaluate(sizesOf, pictures)).toEqual(pictures.map(({ sizes }) => sizes));
  await page.close();
});

/** Runs in the page: each picture's real size, as the manifest writes it. */
function sizesOf(pictures: { src: string; sizes: string }[]): Promise<string[]> {
  return Promise.all(
    pictures.map(async ({ src, sizes }) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
      return sizes === 'any' ? sizes : `${picture.naturalWidth}x${picture.naturalHeight}`;
    }),
  );
}

test('without a network a reload draws the shell from the device', async () => {
  const page = await context.newPage();
  await page.goto('/sign-up');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The worker serves the next loading, and not the one that installed it.
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: WORDS.en.identity.signUp }).waitFor();
  // Screens that were never open are there too.
  await page.getByRole('link', { name: WORDS.en.identity.signIn }).click();
  await page.getByRole('heading', { name: WORDS.en.identity.signInTitle }).waitFor();
  await page.getByRole('link', { name: WORDS.en.identity.forgot }).click();
  await page.getByRole('heading', { name: WORDS.en.identity.forgotTitle }).waitFor();
  await context.setOffline(false);
});

const { en } = WORDS;
const PATIENCE = { timeout: 12_000 };
const SHARED = 'Low tide at nine';
const LINK = 'https://tides.example.org/week?id=12';
const sharePath = (text: string) => `/share?${new URLSearchParams({ title: SHARED, text, url: LINK })}`;
let anna: ApiPerson;
let boris: ApiPerson;
let app: Page;

test('what another app shares before one has signed in is sent after it', async () => {
  [anna, boris] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Salt' }),
    registerPerson(ahoy, { name: 'Boris Mate' }),
  ]);
  await sendMessage(boris, await openChat(boris, anna), 'Are you there?');
  app = await context.newPage();
  await app.goto(sharePath('at the pier'));
  await app.getByLabel(en.identity.email).fill(anna.email);
  await app.getByRole('textbox', { name: en.identity.password }).fill(anna.password);
  await app.getByRole('button', { name: en.identity.signIn }).click();
  await share(`${SHARED}\nat the pier\n${LINK}`);
  await app.getByRole('article').last().getByText(en.chats.sent, { exact: true }).waitFor();
});

test('without a network it waits in the outbox and leaves when there is one', async () => {
  await app.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await app.reload();
  await context.setOffline(true);
  await app.goto(sharePath('at the quay'));
  await share(`${SHARED}\nat the quay\n${LINK}`);
  const sent = app.getByRole('article', { name: 'at the quay' });
  await sent.getByText(en.chats.waiting, { exact: true }).waitFor();
  await context.setOffline(false);
  await sent.getByText(en.chats.sent, { exact: true }).waitFor();
  // The way back does not lead to it once more.
  expect(await app.evaluate(() => location.pathname)).toMatch(/^\/chats\//);
});

async function share(text: string): Promise<void> {
  await expect.poll(() => app.getByLabel(en.share.text, { exact: true }).inputValue(), PATIENCE).toBe(text);
  await app.getByRole('searchbox').fill('bor');
  await app.getByRole('radio', { name: boris.name }).check();
  await app.getByRole('button', { name: fill(en.share.sendTo, { name: boris.name }) }).click();
  await app.getByRole('heading', { name: boris.name }).waitFor();
}

test('the shortcuts lead to a new chat and to the calls', async () => {
  await app.goto('/chats?new');
  await app.getByRole('dialog').getByLabel(en.contacts.findLabel).waitFor();
  expect(new URL(app.url()).search).toBe('');
  await app.goto('/calls');
  await app.getByRole('heading', { name: en.callList.title, exact: true }).waitFor();
});

test('after the first message the app offers to be installed, by the browser itself, and takes a no for 60 days', async () => {
  await app.goto('/chats');
  const offer = app.getByRole('region', { name: en.install.title });
  await offer.waitFor();
  await offer.getByRole('button', { name: en.install.later }).click();
  await offer.waitFor({ state: 'detached' });
  await app.reload();
  await app.getByRole('link', { name: en.common.tabSettings }).first().click();
  // There it can still be found.
  await app.getByRole('button', { name: en.install.title }).waitFor();
  await app.getByRole('link', { name: en.common.tabChats }).first().click();
  await app.getByRole('heading', { name: en.chats.title, exact: true }).waitFor();
  expect(await offer.isVisible()).toBe(false);
});
