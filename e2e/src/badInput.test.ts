import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiPerson, newAddress, openChat, PASSWORD, registerPerson } from './harness/apiPerson.ts';
import { watchPages } from './harness/chapters.ts';
import { composer, message, openFromList } from './harness/chatActs.ts';
import { comeIn, enterCode, passwordField, seeChats, signIn, signUp } from './harness/identityActs.ts';
import { type Browsers, type Device, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill, type Language } from './harness/words.ts';

const MESSAGE_LIMIT = 4096;
const TRIES_WORDS = {
  en: ['You have 4 more tries', 'You have 3 more tries', 'You have 2 more tries', 'You have 1 more try'],
  ru: ['Осталось 4 попытки', 'Осталось 3 попытки', 'Осталось 2 попытки', 'Осталась 1 попытка'],
};
const TOO_LONG = { en: 'Too long by 4 characters', ru: 'На 4 знака длиннее' };

let ahoy: Ahoy;
let browsers: Browsers;
let owner: ApiPerson;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  owner = await registerPerson(ahoy, { name: 'Olga Owner' });
  await openChat(owner, await registerPerson(ahoy, { name: 'Peer Gynt' }));
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
watchPages(() => browsers);

describe.each<Language>(['en', 'ru'])('in %s', (language) => {
  /** A fresh browser whose wrong tries are answered by the API. */
  async function newcomer(): Promise<Device> {
    const device = await (language === 'en' ? browsers.desktop() : browsers.phone());
    device.expectComplaints(/status of (400|403|409|410|429) .*\/api\//);
    return device;
  }

  test('a wrong code says how many tries are left, the fifth ends them, and a new letter helps', async () => {
    const device = await newcomer();
    const { page, words } = device;
    const email = newAddress('Wrong');
    await signUp(device, { name: 'Wrong Code', email });
    const { code } = await ahoy.letters.next(email);
    const wrong = code === '000000' ? '111111' : '000000';
    for (const words of TRIES_WORDS[language]) {
      await enterCode(device, wrong);
      await page.getByText(words).waitFor();
    }
    await enterCode(device, wrong);
    await page.getByText(words.errors.CODE_TRIES_USED).waitFor();
    await enterCode(device, code);
    await page
      .getByText(words.errors.CODE_TRIES_USED)
      .or(page.getByText(words.errors.CODE_EXPIRED))
      .waitFor();
    await page.getByText(words.identity.resend).waitFor();
  });

  test('a taken address gets the same answer, and its owner a letter in their own language', async () => {
    const device = await newcomer();
    await signUp(device, { name: 'Someone Else', email: owner.email });
    await device.page.getByText(owner.email).waitFor();
    const letter = await ahoy.letters.next(owner.email);
    expect([letter.subject, letter.code]).toEqual(['You already have an Ahoy account', '']);
  });

  test('a form that is not complete names each field, and keeps what is in the others', async () => {
    const device = await newcomer();
    const { page, words } = device;
    await signUp(device, { name: '', email: 'not an address', password: 'short' });
    await page.getByText(words.identity.nameMissing).waitFor();
    await page.getByText(words.identity.emailWrong).waitFor();
    await page.getByText(fill(words.identity.passwordShort, { count: 10 })).waitFor();
    expect(await page.getByLabel(words.identity.email).inputValue()).toBe('not an address');
    expect(await passwordField(device).inputValue()).toBe('short');
  });

  test('a wrong password says what to do, keeps the address, and the right one still signs in', async () => {
    const device = await newcomer();
    const { page, words } = device;
    await signIn(device, owner.email, 'not the password');
    await page.getByText(words.errors.CREDENTIALS_WRONG).waitFor();
    expect(await page.getByLabel(words.identity.email).inputValue()).toBe(owner.email);
    await passwordField(device).fill(PASSWORD);
    await page.getByRole('button', { name: words.identity.signIn }).click();
    await seeChats(device);
  });

  test('a message that is too long is neither cut nor sent, and goes once it is shortened', async () => {
    const device = await newcomer();
    const { page, words } = device;
    await comeIn(device, owner.email);
    await openFromList(device, 'Peer Gynt');
    const text = `${language}: ${'ship '.repeat(900)}`.slice(0, MESSAGE_LIMIT);
    await composer(device).fill(`${text}four`);
    await page.getByText(TOO_LONG[language]).waitFor();
    const send = page.getByRole('button', { name: words.messages.send, exact: true });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    expect(await composer(device).inputValue()).toHaveLength(MESSAGE_LIMIT + 4);
    await composer(device).fill(text);
    await send.click();
    await message(device, `${language}: ship`).waitFor();
  });
});

describe('on a server that takes people by invitation', () => {
  let closed: Ahoy;
  let visitors: Browsers;

  beforeAll(async () => {
    closed = await startAhoy({ env: { REGISTRATION_SECRET: 'friends of the harbour' } });
    visitors = await openBrowser(closed.url);
  });
  afterAll(async () => {
    await visitors?.close();
    await closed?.stop();
  });

  test.each<Language>(['en', 'ru'])('the invite code is asked for and checked (%s)', async (language) => {
    const device = await (language === 'en' ? visitors.desktop() : visitors.phone());
    const { page, words } = device;
    device.expectComplaints(/status of 403 .*register/);
    const email = newAddress('Invited');
    await signUp(device, { name: 'Invited Guest', email }, '');
    await page.getByText(words.identity.inviteMissing).waitFor();
    await page.getByLabel(words.identity.invite).fill('friends of nobody');
    await page.getByRole('button', { name: words.identity.sendCode }).click();
    await page.getByText(words.errors.INVITE_WRONG).waitFor();
    expect(await page.getByLabel(words.identity.email).inputValue()).toBe(email);
    await page.getByLabel(words.identity.invite).fill('friends of the harbour');
    await page.getByRole('button', { name: words.identity.sendCode }).click();
    await enterCode(device, (await closed.letters.next(email)).code);
    await seeChats(device);
    expect(visitors.complaints()).toEqual([]);
  });
});
