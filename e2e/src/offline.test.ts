import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, newUsername, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { tellInChapters } from './harness/chapters.ts';
import { message, openFromList, rowOf, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { comeIn } from './harness/identityActs.ts';
import {
  discard,
  edit,
  expectSame,
  expectTexts,
  findNetwork,
  loseNetwork,
  openTab,
  remove,
  reply,
  seeInstalled,
} from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { result, searchFor } from './harness/searchActs.ts';
import { type AhoyOfRun, startAhoyOfRun } from './harness/startAhoyOfRun.ts';
import { type Line, startWire } from './harness/wire.ts';
import { fill } from './harness/words.ts';

const OLD = [
  'The first one',
  'Второе, из прошлого',
  'To be changed by both',
  'Третье, из прошлого',
  'The last one',
];
const CARLA = newUsername('carla');

let ahoy: AhoyOfRun;
let line: Line;
let browsers: Browsers;
let people: { anna: ApiPerson; boris: ApiPerson; carla: ApiPerson };
let chatId: string;
let boris: Device;
/** Anna's phone line is cut; her laptop stays where it is. */
let anna: Device;
let laptop: Device;

beforeAll(async () => {
  ahoy = await startAhoyOfRun();
  line = await startWire(ahoy.urls[0] ?? '');
  browsers = await openBrowser(ahoy);
  const place = { url: ahoy.apiUrl, letters: ahoy.letters };
  const [a, b, c] = await Promise.all([
    registerPerson(place, { name: 'Anna Salt' }),
    registerPerson(place, { name: 'Борис Шкипер', locale: 'ru' }),
    registerPerson(place, { name: 'Carla Quay', username: CARLA }),
  ]);
  people = { anna: a, boris: b, carla: c };
  chatId = await openChat(a, b);
  for (const [index, text] of OLD.entries()) await sendMessage(index % 2 ? b : a, chatId, text);
  await a.api.messages.delete({ id: await sendMessage(a, chatId, 'Gone for long') });
  anna = await browsers.desktop({ options: { baseURL: line.url } });
  [laptop, boris] = await Promise.all([browsers.desktop(), browsers.phone()]);
  anna.expectComplaints(NETWORK_COMPLAINTS);
  await comeIn(anna, a.email);
  await comeIn(laptop, a.email);
  await comeIn(boris, b.email);
  await seeInstalled(anna);
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
});
tellInChapters(() => browsers);

test('without a network she reads, and opens a chat with someone whom she has just found', async () => {
  const { page, words } = anna;
  await openFromList(anna, people.boris.name);
  await page.getByRole('button', { name: words.chats.newChat }).first().click();
  await page.getByLabel(words.contacts.findLabel).fill(`@${CARLA}`);
  const found = page.getByRole('dialog').getByRole('button', { name: people.carla.name });
  await found.waitFor();
  await loseNetwork(anna, line);
  await found.click();
  await page.getByRole('heading', { name: people.carla.name }).waitFor();
  await write(anna, 'Carla, I write from a tunnel');
  await seeMark(anna, 'Carla, I write from a tunnel', 'waiting');
  await openFromList(anna, people.boris.name);
  for (const text of OLD) await seeMessage(anna, text);
});

test('she finds an old message on her device', async () => {
  await openFromList(anna, people.carla.name);
  await searchFor(anna, 'ВТОРОЕ');
  await result(anna, 'Второе, из прошлого').click();
  await seeMessage(anna, 'Второе, из прошлого');
  await searchFor(anna, '');
  await rowOf(anna, people.boris.name).waitFor();
});

test('she writes, edits what waits and what was sent, deletes and replies', async () => {
  for (const text of ['Waits one', 'Waits two', 'Waits three', 'Never leaves']) await write(anna, text);
  await edit(anna, 'Waits two', 'Waits two, changed');
  await edit(anna, 'To be changed by both', 'Changed by Anna');
  await remove(anna, 'The last one');
  await discard(anna, 'Never leaves');
  await reply(anna, 'Второе, из прошлого', 'An answer from the tunnel');
  await seeMark(anna, 'An answer from the tunnel', 'waiting');
  await seeMark(anna, 'Waits two, changed', 'waiting');
  await expect.poll(() => message(anna, 'Never leaves').count()).toBe(0);
  await expect.poll(() => message(anna, 'The last one').count()).toBe(0);
});

test('she closes the app, opens it without a network, and everything is there, marked as waiting', async () => {
  await anna.page.close();
  anna = await openTab(anna, '/chats');
  await rowOf(anna, people.carla.name).waitFor();
  await rowOf(anna, people.boris.name).getByText(anna.words.chats.waiting).waitFor();
  await openFromList(anna, people.boris.name);
  for (const text of ['Waits one', 'Waits two, changed', 'Waits three', 'An answer from the tunnel'])
    await seeMark(anna, text, 'waiting');
  await seeMessage(anna, 'Changed by Anna');
  await expect.poll(() => message(anna, 'The last one').count()).toBe(0);
});

test('meanwhile others write, edit, and open the same chat', async () => {
  const withCarla = await openChat(people.carla, people.anna);
  for (const text of ['Ahoy, Anna!', 'Are you there?']) await sendMessage(people.carla, withCarla, text);
  await openFromList(boris, people.anna.name);
  for (const text of ['Ты где?', 'Жду на причале']) await write(boris, text);
  await seeMark(boris, 'Жду на причале', 'delivered');
  await edit(boris, 'Жду на причале', 'Жду на третьем причале');
  // What she answers, and, on her other device, what she changes as well.
  await edit(boris, 'Второе, из прошлого', 'Второе, уточнённое');
  await openFromList(laptop, people.boris.name);
  await edit(laptop, 'To be changed by both', 'Changed on the laptop, later');
  await seeMessage(boris, 'Changed on the laptop, later');
});

test('she comes back: all of it once, in the same order for both and on her laptop', async () => {
  await findNetwork(anna, line);
  await expectTexts(people.boris, chatId, [
    ...[
      'The first one',
      'Второе, уточнённое',
      'Changed on the laptop, later',
      'Третье, из прошлого',
      null,
      null,
    ],
    ...['Ты где?', 'Жду на третьем причале'],
    ...['Waits one', 'Waits two, changed', 'Waits three', 'An answer from the tunnel'],
  ]);
  await expectSame(people.boris, chatId, [anna, laptop, boris]);
  await seeMark(anna, 'An answer from the tunnel', 'read');
});

test('in the chat that both have opened, what she has not read yet is counted on both of her devices', async () => {
  const withCarla = await openChat(people.carla, people.anna);
  await expectTexts(people.carla, withCarla, [
    ...['Ahoy, Anna!', 'Are you there?', 'Carla, I write from a tunnel'],
  ]);
  const unread = fill(anna.words.messages.unread_other, { count: 2 });
  for (const device of [anna, laptop]) {
    await rowOf(device, people.carla.name).getByText(unread).waitFor();
    await expect
      .poll(() =>
        rowOf(device, people.boris.name)
          .getByText(/unread/)
          .count(),
      )
      .toBe(0);
  }
  await openFromList(anna, people.carla.name);
  await expectSame(people.carla, withCarla, [anna]);
  await expect.poll(() => rowOf(laptop, people.carla.name).getByText(unread).count()).toBe(0);
});
