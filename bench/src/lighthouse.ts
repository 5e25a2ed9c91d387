import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import runLighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { openChat, registerPerson, sendMessage } from '../../e2e/src/harness/apiPerson.ts';
import { CHROMIUM } from '../../e2e/src/harness/openBrowser.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';

/** What each is to have at least. */
const POINTS = { performance: 95, accessibility: 100, 'best-practices': 95 } as const;
type Category = keyof typeof POINTS;
const CATEGORIES = Object.keys(POINTS) as Category[];
const METRICS = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index'];
const CHATS = 12;

/**
 * Lighthouse's points of a phone with a slow network and processor: the sign-in page on a device that was never here,
 * and the list of chats on one that is signed in. What costs points is said on the standard error output.
 */
export async function lighthouse(effort: Effort): Promise<Figure[]> {
  const ahoy = await startAhoy({ databaseUrl: null });
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-lighthouse-'));
  const port = await freePort();
  // Lighthouse opens its pages where the cookies of a persistent context are.
  const context = await chromium.launchPersistentContext(folder, {
    ...CHROMIUM,
    args: [...CHROMIUM.args, `--remote-debugging-port=${port}`],
    baseURL: ahoy.url,
    locale: 'en-GB',
  });
  try {
    const signIn = await measure('sign-in', `${ahoy.url}/sign-in`, { port, isFresh: true }, effort.runs);
    const anna = await registerPerson(ahoy, { name: 'Anna Salt' });
    for (let nth = 1; nth <= CHATS; nth += 1) {
      const other = await registerPerson(ahoy, { name: `Boris Mate ${nth}` });
      await sendMessage(other, await openChat(other, anna), `Are you there? ${nth}`);
    }
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(anna.email);
    await page.getByLabel('Password', { exact: true }).fill(anna.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(`Boris Mate ${CHATS}`).first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.close();
    const chats = await measure('chats', `${ahoy.url}/chats`, { port, isFresh: false }, effort.runs);
    return [...signIn, ...chats];
  } finally {
    await context.close();
    await ahoy.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  url: string,
  { port, isFresh }: { port: number; isFresh: boolean },
  runs: number,
): Promise<Figure[]> {
  const points: Record<Category, number[]> = { performance: [], accessibility: [], 'best-practices': [] };
  const losses = new Set<string>();
  for (let run = 0; run < runs; run += 1) {
    const flags = {
      port,
      onlyCategories: CATEGORIES,
      disableStorageReset: !isFresh,
      logLevel: 'error',
    } as const;
    const result = await runLighthouse(url, flags);
    if (!result || result.lhr.runtimeError)
      throw new Error(`Lighthouse: ${result?.lhr.runtimeError?.message}`);
    const { categories, audits } = result.lhr;
    const metrics = METRICS.map((id) => `${id} ${audits[id]?.displayValue ?? '?'}`);
    process.stderr.write(`${name}: ${metrics.join(', ')}\n`);
    for (const category of CATEGORIES) {
      points[category].push((categories[category]?.score ?? 0) * 100);
      for (const { id, weight } of categories[category]?.auditRefs ?? []) {
        const audit = audits[id];
        if (weight > 0 && audit && audit.score !== null && audit.score < 0.9) {
          losses.add(`${name}, ${category}: ${audit.title} ${audit.displayValue ?? ''}`.trim());
        }
      }
    }
  }
  for (const loss of losses) process.stderr.write(`${loss}\n`);
  return CATEGORIES.map((category) =>
    toFigure(`lighthouse ${name}, ${category}`, 'points', points[category], [POINTS[category]]),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
