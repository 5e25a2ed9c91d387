import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiPerson,
  newAddress,
  newUsername,
  PASSWORD,
  registerPerson,
  sendMessage,
} from './harness/apiPerson.ts';
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.ts';
import { expectTexts } from './harness/offlineActs.ts';
import { type Firefox, openFirefox } from './harness/openFirefox.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { WORDS } from './harness/words.ts';

/** What the browser says of a server that is away, and of the driver's own scripts. */
const EXPECTED = /can’t establish a connection|connection .* was interrupted|blocked a JavaScript eval/;
const words = WORDS.en;
const ANNA = { name: 'Anna Fox', email: newAddress('Anna') };
const BORIS = { name: 'Boris Quay', username: newUsername('boris') };

let ahoy: Ahoy;
let line: CuttableProxy;
let firefox: Firefox;
let boris: ApiPerson;
let chatId: string;
let page: Page;

beforeAll(async () => {
  ahoy = await startAhoy();
  line = await startCuttableProxy(ahoy.url);
  boris = await registerPerson(ahoy, BORIS);
  firefox = await openFirefox(line.url);
});
afterAll(async () => {
  await firefox?.close();
  await line?.stop();
  await ahoy?.stop();
});

const find = (role: string, name: string) => page.locator(`::-p-aria([name="${name}"][role="${role}"])`);

async function write(text: string): Promise<void> {
  await find('textbox', words.messages.field).fill(text);
  await find('button', words.messages.send).click();
}

/** The messages of the open chat, each with its mark, from top to bottom. */
function messages(): Promise<string[]> {
  return page.$$eval('[role="log"] article', (rows) => rows.map((row) => row.textContent ?? ''));
}

/** Waits until the open chat shows exactly these messages, each with these words in it. */
async function see(...rows: (readonly string[])[]): Promise<void> {
  const asSeen = async () => {
    const seen = await messages();
    return seen.map((text, at) => (rows[at]?.every((word) => text.includes(word)) ? 'as expected' : text));
  };
  await expect.poll(asSeen, { timeout: 20_000 }).toEqual(rows.map(() => 'as expected'));
}

test('Firefox: what is written without a network survives a closed page, and leaves once when both are back', async () => {
  page = await firefox.open('/sign-up');
  await find('textbox', words.identity.name).fill(ANNA.name);
  await find('textbox', words.identity.email).fill(ANNA.email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await find('button', words.identity.sendCode).click();
  const { code } = await ahoy.letters.next(ANNA.email);
  await find('textbox', words.identity.codeLabel).fill(code);
  await find('button', words.identity.confirm).click();
  await find('button', words.chats.newChat).click();
  await find('searchbox', words.contacts.findLabel).fill(`@${BORIS.username}`);
  await page.locator(`[role="dialog"] li ::-p-text(${BORIS.name})`).click();
  await find('heading', BORIS.name).wait();
  await write('Ahoy from Firefox');
  await see(['Ahoy from Firefox', words.chats.sent]);
  chatId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await sendMessage(boris, chatId, 'Ahoy, Fox');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  await line.cut();
  await write('From the tunnel');
  await write('Still in the tunnel');
  await see(['Ahoy from Firefox'], ['Ahoy, Fox'], ['From the tunnel', words.chats.waiting], ['Still in']);
  await page.close();
  await expectTexts(boris, chatId, ['Ahoy from Firefox', 'Ahoy, Fox']);

  page = await firefox.open('/chats');
  await page.locator(`nav ::-p-text(${BORIS.name})`).click();
  const waiting = ['From the tunnel', 'Still in the tunnel'].map((text) => [text, words.chats.waiting]);
  await see(['Ahoy from Firefox'], ['Ahoy, Fox'], ...waiting);
  await line.mend();
  const texts = ['Ahoy from Firefox', 'Ahoy, Fox', 'From the tunnel', 'Still in the tunnel'];
  await expectTexts(boris, chatId, texts);
  await see(...texts.map((text, at) => [text, at === 1 ? text : words.chats.sent]));
  expect(firefox.complaints().filter((text) => !EXPECTED.test(text))).toEqual([]);
});
