import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, PASSWORD, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { composer, message, seeMark, seeMessage } from './harness/chatActs.ts';
import { seeChats } from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

let ahoy: Ahoy;
let browsers: Browsers;
let nora: ApiPerson;
let mate: ApiPerson;
let device: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [nora, mate] = await Promise.all([
    registerPerson(ahoy, { name: 'Nora Keys' }),
    registerPerson(ahoy, { name: 'Mate Second' }),
  ]);
  await sendMessage(mate, await openChat(mate, await registerPerson(ahoy, { name: 'Not Her' })), 'Elsewhere');
  await sendMessage(mate, await openChat(mate, nora), 'Can you do without a mouse?');
  device = await browsers.desktop();
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

const press = (key: string) => device.page.keyboard.press(key);
const type = (text: string) => device.page.keyboard.type(text);

/** Name, role and whether a ring, border or colour shows where the focus is. */
function focused() {
  return device.page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return { name: '', tag: '', hasRing: false };
    const labelled = 'labels' in element ? (element as HTMLInputElement).labels?.[0]?.textContent : '';
    const style = getComputedStyle(element);
    const around = element.parentElement ? getComputedStyle(element.parentElement) : style;
    const isOutlined = (one: CSSStyleDeclaration) =>
      one.outlineStyle !== 'none' && Number.parseFloat(one.outlineWidth) >= 1;
    return {
      name: element.getAttribute('aria-label') ?? labelled ?? element.textContent ?? '',
      text: element.textContent ?? '',
      tag: element.tagName,
      hasRing:
        isOutlined(style) ||
        isOutlined(around) ||
        style.boxShadow !== 'none' ||
        around.boxShadow !== 'none' ||
        Number.parseFloat(style.borderTopWidth) >= 1.5,
    };
  });
}

/** Presses Tab until the focus is on something of this name; every stop on the way must be visible. */
async function tabTo(name: string | RegExp): Promise<void> {
  const stops: string[] = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await press('Tab');
    const stop = await focused();
    stops.push(`${stop.tag} ${stop.name}`);
    if (stop.tag !== 'BODY')
      expect(stop, `the focus shows on ${stops.at(-1)}`).toMatchObject({ hasRing: true });
    const said = `${stop.name} ${stop.text}`;
    if (typeof name === 'string' ? said.includes(name) : name.test(said)) return;
  }
  throw new Error(`Tab never reaches ${name}: ${stops.join(', ')}`);
}

test('she signs in with the keyboard alone', async () => {
  const { page, words } = device;
  await page.goto('/');
  await page.getByLabel(words.identity.email).waitFor();
  await tabTo(words.identity.email);
  await type(nora.email);
  await tabTo(words.identity.password);
  await type(PASSWORD);
  await press('Enter');
  await seeChats(device);
});

test('she picks a chat', async () => {
  // The list comes with the first sync, later than its heading.
  await device.page.getByText(mate.name).first().waitFor();
  await tabTo(mate.name);
  await press('Enter');
  await seeMessage(device, 'Can you do without a mouse?');
});

test('she writes; Shift+Enter makes a line, Enter sends', async () => {
  await expect.poll(async () => (await focused()).name).toBe(device.words.messages.field);
  await type('First line');
  await press('Shift+Enter');
  await type('second line');
  await press('Enter');
  await message(device, 'First line').waitFor();
  await seeMark(device, 'First line', 'sent');
  expect(await composer(device).inputValue()).toBe('');
});

test('arrow up in the empty field edits what she wrote last, Escape leaves it as it was', async () => {
  await press('ArrowUp');
  await expect.poll(() => composer(device).inputValue()).toBe('First line\nsecond line');
  await press('Escape');
  await expect.poll(() => composer(device).inputValue()).toBe('');
  await press('ArrowUp');
  await press('Control+A');
  await type('Only one line');
  await press('Enter');
  await message(device, 'Only one line').getByText(device.words.messages.edited).waitFor();
});

test('she walks to a message by arrow keys and answers it from its menu', async () => {
  await press('Shift+Tab');
  await expect.poll(async () => (await focused()).tag).toBe('ARTICLE');
  await press('ArrowUp');
  await expect.poll(async () => (await focused()).name).toContain('Can you do without a mouse?');
  expect((await focused()).hasRing).toBe(true);
  await press('Enter');
  await device.page.getByRole('menu').waitFor();
  await press('Enter');
  await expect.poll(async () => (await focused()).name).toBe(device.words.messages.field);
  await type('Yes, see?');
  await press('Enter');
  await message(device, 'Yes, see?').getByText('Can you do without a mouse?').waitFor();
});
