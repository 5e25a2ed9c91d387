import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { openChat, registerPerson, sendMessage } from '../../e2e/src/harness/apiPerson.ts';
import { CHROMIUM } from '../../e2e/src/harness/openBrowser.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { type Figure, toFigure } from './figures.ts';

const BUDGET_KB = 250;
const KB = 1024;

/** Kilobytes of JavaScript, gzipped, that a new device asks for until the chat list of a signed-in person is drawn. */
export async function bundle(): Promise<Figure[]> {
  const ahoy = await startAhoy({ databaseUrl: null });
  const browser = await chromium.launch(CHROMIUM);
  try {
    const anna = await registerPerson(ahoy, { name: 'Anna' });
    const boris = await registerPerson(ahoy, { name: 'Boris' });
    await sendMessage(boris, await openChat(boris, anna), 'hello');
    const context = await browser.newContext({ baseURL: ahoy.url, serviceWorkers: 'block', locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(anna.email);
    await page.getByLabel('Password', { exact: true }).fill(anna.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Boris').first().waitFor();
    // The same browser without its cache: what a signed-in device loads on a fresh start.
    const fresh = await context.newPage();
    const scripts: Promise<number>[] = [];
    fresh.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await fresh.goto('/');
    await fresh.getByText('Boris').first().waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    return [toFigure('bundle', 'KB', [bytes / KB], [BUDGET_KB])];
  } finally {
    await browser.close();
    await ahoy.stop();
  }
}
