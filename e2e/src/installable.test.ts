import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { WORDS } from './harness/words.ts';

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
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
});

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
