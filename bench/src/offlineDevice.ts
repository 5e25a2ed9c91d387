import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { bundlePage } from '../../client/build/bundlePage.ts';
import { type ApiPerson, registerPerson } from '../../e2e/src/harness/apiPerson.ts';
import { CHROMIUM, SIZES } from '../../e2e/src/harness/openBrowser.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { waitFor } from '../../e2e/src/harness/waitFor.ts';
import { withCluster } from './beside.ts';
import type * as exportsOfPage from './devicePage.ts';
import { type OfflineRows, openOfflineRows, type SeededChat } from './offlineRows.ts';
import { createKey, seedPeople } from './people.ts';

/** The exports of `devicePage.ts`, in every page that is opened here. */
declare global {
  const devicePage: typeof exportsOfPage;
}

/** A signed-in browser profile whose copy holds what the server has; it outlives the browser, as on a phone. */
export type OfflineDevice = {
  person: ApiPerson;
  rows: OfflineRows;
  /** The longest comes first. */
  chats: SeededChat[];
  /** Another start of the browser. With no network a page opens from the worker's cache and the copy. */
  launch: (wish: { isOffline: boolean }) => Promise<BrowserContext>;
  /** A blank page of the app's origin, with `devicePage`. */
  openBare: (context: BrowserContext) => Promise<Page>;
  /** A page of the app with its list of chats drawn, and `devicePage`. */
  openApp: (context: BrowserContext) => Promise<Page>;
  /** Brings rows of the server into the copy. */
  fill: (messages: Message[]) => Promise<void>;
};

/** A file of the app's origin that brings no scripts, and is there without a network. */
const BARE_PATH = '/color-scheme.js';
const FILL_AT_ONCE = 5_000;
const PATIENCE_MS = 60_000;
export const LIST_ROWS = 'nav a[data-index]';

/** Runs `work` on a device that holds direct chats of these lengths; the longest first. */
export function withDevice<T>(
  lengths: readonly number[],
  work: (device: OfflineDevice) => Promise<T>,
): Promise<T> {
  return withCluster(async (cluster) => {
    const databaseUrl = await cluster.createDatabase('offline');
    const ahoy = await startAhoy({ databaseUrl });
    const rows = await openOfflineRows(databaseUrl);
    const profile = await mkdtemp(join(tmpdir(), 'ahoy-bench-'));
    try {
      const person = await registerPerson(ahoy, { name: 'Anna' });
      const others = await seedPeople(databaseUrl, createKey(), lengths.length);
      const ids = others.map(({ id }) => id);
      const chats = await rows.seedChats(person.id, ids, lengths);
      if (chats[0]) await rows.answerFirst(chats[0].id);
      const device = await createDevice({ url: ahoy.url, profile, person, rows, chats });
      await signIn(device);
      await device.fill(await rows.messages());
      return await work(device);
    } finally {
      await rows.close();
      await ahoy.stop();
      await rm(profile, { recursive: true, force: true });
    }
  });
}

type DeviceParts = Pick<OfflineDevice, 'person' | 'rows' | 'chats'> & { url: string; profile: string };

async function createDevice({ url, profile, person, rows, chats }: DeviceParts): Promise<OfflineDevice> {
  const script = await bundlePage(join(import.meta.dirname, 'devicePage.ts'), 'devicePage');

  async function openBare(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(BARE_PATH);
    // Past the content security policy, which allows no scripts of others.
    await page.evaluate(script);
    return page;
  }

  async function launch({ isOffline }: { isOffline: boolean }): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(profile, {
      ...CHROMIUM,
      baseURL: url,
      locale: 'en-GB',
      viewport: SIZES.desktop,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.setOffline(isOffline);
    return context;
  }

  return {
    person,
    rows,
    chats,
    launch,
    openBare,
    async openApp(context) {
      const page = await context.newPage();
      await page.goto('/chats');
      await page.locator(LIST_ROWS).nth(5).waitFor();
      await page.evaluate(script);
      return page;
    },
    async fill(messages) {
      const context = await launch({ isOffline: false });
      const page = await openBare(context);
      for (let first = 0; first < messages.length; first += FILL_AT_ONCE)
        await page.evaluate(([id, some]) => devicePage.fill(id, some), [
          person.id,
          messages.slice(first, first + FILL_AT_ONCE),
        ] as const);
      await context.close();
    },
  };
}

/** By the app itself, until the copy knows all chats and the worker has all files. */
async function signIn(device: OfflineDevice): Promise<void> {
  const context = await device.launch({ isOffline: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(device.person.email);
  await page.getByLabel('Password', { exact: true }).fill(device.person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator(LIST_ROWS).nth(5).waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const bare = await device.openBare(context);
  await waitFor(
    'the first sync',
    async () => {
      const held = await bare.evaluate((id) => devicePage.count(id), device.person.id);
      return (held.isSynced && held.heads === device.chats.length) || undefined;
    },
    PATIENCE_MS,
  );
  await context.close();
}
