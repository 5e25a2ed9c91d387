import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { message, openFromList, rowOf, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

let ahoy: Ahoy;
let browsers: Browsers;
let vera: ApiPerson;
let glen: ApiPerson;
let desktop: Device;
let phone: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  [vera, glen] = await Promise.all([
    registerPerson(ahoy, { name: 'Вера Лоцман', locale: 'ru' }),
    registerPerson(ahoy, { name: 'Glen Moor' }),
  ]);
  const chatId = await openChat(vera, glen);
  await sendMessage(glen, chatId, 'Before the storm');
  await sendMessage(vera, chatId, 'До бури');
  desktop = await browsers.desktop();
  phone = await browsers.phone();
  for (const device of [desktop, phone]) {
    device.expectComplaints(NETWORK_COMPLAINTS);
  }
  await comeIn(desktop, glen.email);
  await comeIn(phone, vera.email);
  await openFromList(desktop, vera.name);
  await openFromList(phone, glen.name);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

test('when the server is killed the chat stays on the screen and says that it waits', async () => {
  await seeMessage(desktop, 'До бури');
  await ahoy.kill();
  const { connecting, waitingForNetwork } = desktop.words.connection;
  await desktop.page
    .getByText(new RegExp(`${connecting}|${waitingForNetwork}`))
    .first()
    .waitFor();
  await seeMessage(desktop, 'До бури');
});

test('what is written meanwhile waits in sight, in both languages', async () => {
  await write(desktop, 'Written into the storm');
  await seeMark(desktop, 'Written into the storm', 'waiting');
  await write(desktop, 'And a second one');
  await seeMark(desktop, 'And a second one', 'waiting');
  await write(phone, 'Написано в бурю');
  await seeMark(phone, 'Написано в бурю', 'waiting');
});

test('after the start both reconnect by themselves, and each message goes out once, in order', async () => {
  await ahoy.start();
  await seeMark(desktop, 'And a second one', 'read');
  await seeMark(phone, 'Написано в бурю', 'read');
  for (const device of [desktop, phone]) {
    for (const text of ['Before the storm', 'До бури', 'Written into the storm', 'And a second one']) {
      await expect.poll(() => message(device, text).count()).toBe(1);
    }
    const texts = await device.page.getByRole('article').allTextContents();
    const places = ['До бури', 'Written into', 'And a second'].map((part) =>
      texts.findIndex((text) => text.includes(part)),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
});

test('a page that is opened anew shows everything that was acknowledged', async () => {
  await desktop.page.goto('/chats');
  await rowOf(desktop, vera.name).click();
  for (const text of ['Before the storm', 'До бури', 'Written into the storm', 'Написано в бурю'])
    await expect.poll(() => message(desktop, text).count()).toBe(1);
});
