import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress, newUsername } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import {
  backToList,
  chooseInMenu,
  composer,
  message,
  openChatWith,
  openFromList,
  rowOf,
  seeMark,
  seeMessage,
  write,
} from './harness/chatActs.ts';
import {
  comeIn,
  enterCode,
  passwordField,
  seeChats,
  seeSignIn,
  signIn,
  signUp,
} from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type AhoyOfRun, startAhoyOfRun } from './harness/startAhoyOfRun.ts';

const ANNA = { name: 'Anna Keel', email: newAddress('Anna') };
const BORIS = { name: 'Борис Волнов', email: newAddress('Boris'), username: newUsername('boris') };
const NEW_PASSWORD = 'another horse, another battery';

let ahoy: AhoyOfRun;
let browsers: Browsers;
/** Anna's desktop in English; Boris's phone in Russian; Anna's second computer. */
let anna: Device;
let boris: Device;
let second: Device;

beforeAll(async () => {
  ahoy = await startAhoyOfRun();
  browsers = await openBrowser(ahoy);
  anna = await browsers.desktop();
  boris = await browsers.phone();
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

test('Anna registers at her desktop and types the code of the letter', async () => {
  await signUp(anna, ANNA);
  await anna.page.getByText(ANNA.email).waitFor();
  const letter = await ahoy.letters.next(ANNA.email);
  expect(letter.subject).toBe(`${letter.code} is your Ahoy code`);
  await enterCode(anna, letter.code);
  await seeChats(anna);
  await anna.page.getByText(anna.words.chats.empty).waitFor();
});

test('Boris registers on his phone, opens the link of the letter and presses its button', async () => {
  await signUp(boris, BORIS);
  await boris.page.getByText(BORIS.email).waitFor();
  const letter = await ahoy.letters.next(BORIS.email);
  expect(letter.subject).toBe(`${letter.code} — ваш код Ahoy`);
  // As a mail program opens it: in another tab.
  const tab = await boris.context.newPage();
  await tab.goto(letter.link);
  await boris.page.close();
  boris = { ...boris, page: tab };
  await boris.page.getByRole('button', { name: boris.words.identity.linkConfirm }).click();
  await seeChats(boris);
});

test('Boris chooses a @username', async () => {
  const { page, words } = boris;
  await page.getByRole('link', { name: words.common.tabSettings }).click();
  await page.getByRole('link', { name: BORIS.name }).click();
  await page.getByLabel(words.settings.username).fill(BORIS.username);
  await page.getByRole('button', { name: words.common.save }).click();
  await page.getByText(words.settings.saved, { exact: true }).waitFor();
  await page.getByRole('link', { name: words.common.back }).click();
  await page.getByText(`@${BORIS.username}`).waitFor();
});

test('Anna finds him by his @username and sees that he is online', async () => {
  await openChatWith(anna, BORIS.username, BORIS.name);
  await anna.page.getByText(anna.words.messages.empty).waitFor();
  await anna.page.getByText(anna.words.contacts.online, { exact: true }).waitFor();
});

test('a message is sent, then delivered when his phone comes back, then read when he opens the chat', async () => {
  await boris.page.goto('about:blank');
  await anna.page.getByText(anna.words.contacts.lastSeenNow).waitFor();
  await write(anna, 'Ahoy, Boris!');
  await seeMark(anna, 'Ahoy, Boris!', 'sent');
  await boris.page.goto('/chats');
  await rowOf(boris, ANNA.name).getByText('1 непрочитанное сообщение').waitFor();
  await seeMark(anna, 'Ahoy, Boris!', 'delivered');
  await openFromList(boris, ANNA.name);
  await seeMessage(boris, 'Ahoy, Boris!');
  await seeMark(anna, 'Ahoy, Boris!', 'read');
});

test('she sees that he is typing, and his answer is read at once', async () => {
  await composer(boris).pressSequentially('Приве');
  await anna.page.getByText(anna.words.chats.typing).first().waitFor();
  await write(boris, 'Привет, Анна!');
  await seeMessage(anna, 'Привет, Анна!');
  await seeMark(boris, 'Привет, Анна!', 'read');
  await expect.poll(() => composer(boris).inputValue()).toBe('');
});

test('what comes while he looks at the list is counted, and the chat opens at the first unread', async () => {
  await backToList(boris);
  for (const text of ['One', 'Two', 'Three']) await write(anna, text);
  await rowOf(boris, ANNA.name).getByText('3 непрочитанных сообщения').waitFor();
  await seeMark(anna, 'Three', 'delivered');
  await openFromList(boris, ANNA.name);
  const separator = boris.page.getByText('3 непрочитанных сообщения', { exact: true });
  await separator.first().waitFor();
  await seeMark(anna, 'Three', 'read');
});

test('she edits a message, and he sees the new text marked as edited', async () => {
  await chooseInMenu(anna, 'Two', 'edit');
  await composer(anna).fill('Two and a half');
  await anna.page.getByRole('button', { name: anna.words.messages.saveEdit }).click();
  await message(boris, 'Two and a half').getByText(boris.words.messages.edited).waitFor();
  await message(anna, 'Two and a half').getByText(anna.words.messages.edited).waitFor();
});

test('he answers a message with a long press, and the quote leads to it', async () => {
  await chooseInMenu(boris, 'Ahoy, Boris!', 'reply');
  await write(boris, 'Отвечаю на первое');
  const quote = message(anna, 'Отвечаю на первое').getByRole('button', { name: 'Ahoy, Boris!' });
  await quote.click();
  await expect.poll(() => message(anna, 'Ahoy, Boris!').getAttribute('data-highlighted')).toBe('true');
});

test('she deletes a message for everyone', async () => {
  await chooseInMenu(anna, 'Three', 'delete');
  await anna.page.getByRole('button', { name: anna.words.messages.deleteForAll }).click();
  await message(boris, boris.words.messages.deleted).waitFor();
  await message(anna, anna.words.messages.deleted).waitFor();
  expect(await boris.page.getByText('Three', { exact: true }).count()).toBe(0);
});

test('her second computer shows the same, and what she reads there is read here', async () => {
  second = await browsers.desktop({ theme: 'dark' });
  await comeIn(second, ANNA.email);
  await openFromList(second, BORIS.name);
  for (const text of ['Ahoy, Boris!', 'Two and a half', 'Отвечаю на первое']) await seeMessage(second, text);
  await seeMark(second, 'Two and a half', 'read');

  // Both computers look at something else.
  for (const device of [anna, second])
    await device.page.getByRole('link', { name: device.words.common.tabPeople }).click();
  await write(boris, 'Ты где?');
  for (const device of [anna, second])
    await device.page
      .getByRole('link', { name: device.words.common.tabChats })
      .getByText('1 unread message')
      .waitFor();
  await second.page.getByRole('link', { name: second.words.common.tabChats }).click();
  await openFromList(second, BORIS.name);
  await seeMessage(second, 'Ты где?');
  await seeMark(boris, 'Ты где?', 'read');
  await anna.page.getByText('1 unread message').first().waitFor({ state: 'detached' });
});

test('she ends the second session from the list of devices, and that page lands at the sign-in', async () => {
  const { page, words } = anna;
  await page.getByRole('link', { name: words.common.tabSettings }).click();
  await page.getByRole('link', { name: words.settings.devices }).click();
  await page.getByText(words.settings.thisDevice).waitFor();
  await page.getByRole('button', { name: /^End the session/ }).click();
  await page.getByText(words.settings.ended, { exact: true }).waitFor();
  await seeSignIn(second);
  await second.page.getByText(second.words.errors.SESSION_ENDED).waitFor();
});

test('she sets a forgotten password with a code, and all her other sessions end at once', async () => {
  const { page, words } = second;
  await page.getByRole('link', { name: words.identity.forgot }).click();
  await page.getByLabel(words.identity.email).fill(ANNA.email);
  await page.getByRole('button', { name: words.identity.sendCode }).click();
  const { code } = await ahoy.letters.next(ANNA.email);
  await page.getByLabel(words.identity.codeLabel).pressSequentially(code);
  await passwordField(second, words.identity.passwordNew).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: words.identity.resetButton }).click();
  await seeChats(second);
  await seeSignIn(anna);
  expect((await ahoy.letters.next(ANNA.email)).subject).toBe('Your Ahoy password was changed');

  anna.expectComplaints(/status of 403 .*sign-in/);
  await signIn(anna, ANNA.email);
  await anna.page.getByText(anna.words.errors.CREDENTIALS_WRONG).waitFor();
  await comeIn(anna, ANNA.email, NEW_PASSWORD);
  await openFromList(anna, BORIS.name);
  await seeMessage(anna, 'Ты где?');
});

test('she signs out; her chats are gone from this screen, and a reload does not bring them back', async () => {
  const { page, words } = anna;
  await page.getByRole('link', { name: words.common.tabSettings }).click();
  await page.getByRole('button', { name: words.settings.signOut }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.settings.signOut }).click();
  await seeSignIn(anna);
  await page.goto('/chats');
  await seeSignIn(anna);
});
