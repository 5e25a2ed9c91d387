import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiPerson, newAddress, PASSWORD, registerPerson } from './harness/apiPerson.ts';
import { callWith, hangUp, seeEnded, seeStanding, turn } from './harness/callActs.ts';
import { type Flows, flowsFor } from './harness/callFlows.ts';
import { seeServerLost } from './harness/callRecoveryActs.ts';
import { openDeviceOf } from './harness/callScene.ts';
import { tellInChapters } from './harness/chapters.ts';
import { openFromList, seeMessage, write } from './harness/chatActs.ts';
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.ts';
import { enterCode, passwordField, seeChats } from './harness/identityActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS } from './harness/openBrowser.ts';
import {
  askToJoin,
  createRoom,
  dialog,
  doTo,
  endForAll,
  enterByCode,
  joinFromChat,
  letInAlone,
  openPeople,
  type RoomKeys,
  raiseHand,
  react,
  seeInCall,
  seeNotice,
  seePeople,
  seeWaiting,
  tileOf,
} from './harness/roomActs.ts';
import { openRoomBrowser, ROOM_FLOWS } from './harness/roomScene.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { fill, WORDS } from './harness/words.ts';

const TITLE = 'Harbour council';
const GUEST = 'Gulliver Gale';
const SECOND_GUEST = 'Nora Newcomb';
const PICTURE = { audio: true, video: true } as const;
const FLOW_SECONDS = 5;
/** What is said while the server is away. */
/** What is said of an answer that refuses. */
const REFUSALS = /status of 4[01][0-9]/;
const { rooms, roomCall, calls, identity } = WORDS.en;

let ahoy: Ahoy;
let line: CuttableProxy;
let browsers: Browsers;
let room: RoomKeys;
/** The host's desktop, a member's phone in Russian, a desktop of one who has a code, and two guests' desktops. */
let host: Device;
let phone: Device;
let fourth: Device;
let guest: Device;
let newcomer: Device;
let [hanna, mikhail, felix]: ApiPerson[] = [];

beforeAll(async () => {
  ahoy = await startAhoy();
  line = await startCuttableProxy(ahoy.url);
  browsers = await openRoomBrowser(ahoy.url);
  [hanna, mikhail, felix] = await Promise.all([
    registerPerson(ahoy, { name: 'Hanna Harbour' }),
    registerPerson(ahoy, { name: 'Михаил Мол', locale: 'ru' }),
    registerPerson(ahoy, { name: 'Felix Fjord' }),
  ]);
  host = await openDeviceOf(ahoy, browsers, { person: hanna });
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
});
tellInChapters(() => browsers);
// The machine encodes and decodes twelve pictures.
vi.setConfig({ testTimeout: 150_000 });

/** Each of these sees and hears all others of them, for so long. */
async function allSeeAll(devices: readonly Device[], seconds = FLOW_SECONDS, wish: Flows = PICTURE) {
  const options = { ...ROOM_FLOWS, peers: devices.length - 1 };
  await Promise.all(devices.map(({ page }) => flowsFor(page, wish, seconds, options)));
}

const nameOf = (person: ApiPerson | undefined) => person?.name ?? '';

test('a host makes a room and is in its call; a member comes by the link and is let in', async () => {
  room = await createRoom(host, TITLE);
  await joinFromChat(host);
  await seeInCall(host, TITLE);
  await callWith(host, TITLE).getByText(roomCall.alone).waitFor();

  phone = await openDeviceOf(ahoy, browsers, {
    ...{ person: mikhail as ApiPerson, path: room.path, size: 'phone', wish: { language: 'ru' } },
  });
  await askToJoin(phone);
  await seeWaiting(phone);
  await letInAlone(host, TITLE, nameOf(mikhail));
  await Promise.all([host, phone].map((device) => seeInCall(device, TITLE)));
  await allSeeAll([host, phone], 1);
});

test('a guest by name alone and one with the code wait; the host sees how many, and lets both in', async () => {
  guest = await browsers.desktop({ options: { baseURL: line.url } });
  guest.expectComplaints(NETWORK_COMPLAINTS);
  await guest.page.goto(room.path);
  await askToJoin(guest, GUEST);
  await seeWaiting(guest);
  fourth = await openDeviceOf(ahoy, browsers, { person: felix as ApiPerson });
  await enterByCode(fourth, room.code);
  await askToJoin(fourth);
  await seeWaiting(fourth);

  await callWith(host, TITLE)
    .getByRole('button', { name: fill(roomCall.showPeopleWaiting_other, { count: 2 }) })
    .waitFor();
  const people = await openPeople(host, TITLE);
  const waiting = people.getByRole('region', { name: rooms.waitingPeople });
  await waiting.getByText(GUEST, { exact: true }).waitFor();
  const letIn = waiting.getByRole('button', { name: rooms.admit, exact: true });
  for (const left of [1, 0]) {
    await letIn.first().click();
    await letIn.nth(left).waitFor({ state: 'hidden' });
  }
  await host.page.keyboard.press('Escape');
  await Promise.all([guest, fourth].map((device) => seeInCall(device, TITLE)));
});

test('four see and hear each other, and a fifth is told how many fit', async () => {
  await allSeeAll([host, phone, guest, fourth]);
  await Promise.all([host, phone, guest, fourth].map((device) => seePeople(device, TITLE, 4)));
  newcomer = await browsers.desktop();
  await newcomer.page.goto(room.path);
  await newcomer.page.getByText(fill(rooms.full_other, { count: 4 })).waitFor();
  expect(await newcomer.page.getByRole('button', { name: rooms.askToJoin }).isDisabled()).toBe(true);
});

test('a raised hand and a reaction are seen by the others', async () => {
  await raiseHand(guest);
  const hand = (device: Device) =>
    tileOf(device, TITLE, GUEST).getByRole('img', {
      name: fill(device.words.roomCall.handOf, { name: GUEST }),
    });
  await Promise.all([host, phone, fourth].map((device) => hand(device).waitFor()));
  await raiseHand(guest);
  await Promise.all([host, phone, fourth].map((device) => hand(device).waitFor({ state: 'hidden' })));

  const shown = tileOf(host, TITLE, nameOf(mikhail)).getByRole('img', {
    name: fill(roomCall.reacted, { name: nameOf(mikhail), emoji: '👏' }),
  });
  await Promise.all([shown.waitFor(), react(phone, '👏')]);
});

test('one leaves and comes back, and another loads the page anew', async () => {
  await hangUp(fourth);
  await seeEnded(fourth, TITLE, 'endedDone');
  await tileOf(host, TITLE, nameOf(felix)).waitFor({ state: 'hidden' });
  await allSeeAll([host, phone, guest], 1);
  await joinFromChat(fourth);
  await allSeeAll([host, phone, guest, fourth], 1);

  await phone.page.reload();
  await seeInCall(phone, TITLE);
  // The others may still hold what was there before, until the server has taken it out.
  await flowsFor(phone.page, PICTURE, 0, { ...ROOM_FLOWS, peers: 3 });
  await allSeeAll([host, phone, guest, fourth], 1);
});

test('one who loses the server for some seconds misses nothing', async () => {
  await line.cut();
  await Promise.all([seeServerLost(guest, true), allSeeAll([host, phone, guest, fourth], 3)]);
  await line.mend();
  await Promise.all([seeServerLost(guest, false), allSeeAll([host, phone, guest, fourth], 1)]);
});

test('the host turns off a microphone, and only who has it turns it on again', async () => {
  await doTo(host, TITLE, GUEST, 'mute');
  await guest.page.getByText(fill(roomCall.mutedBy, { name: nameOf(hanna) })).waitFor();
  const isOff = tileOf(host, TITLE, GUEST).getByLabel(roomCall.microphoneOff);
  await isOff.waitFor();
  await turn(guest, 'microphone', true);
  await isOff.waitFor({ state: 'hidden' });
});

test('who is removed stays out, also by a new name on the same device', async () => {
  guest.expectComplaints(REFUSALS);
  await doTo(host, TITLE, GUEST, 'remove');
  await seeStanding(guest, TITLE, roomCall.endedRemoved);
  await tileOf(host, TITLE, GUEST).waitFor({ state: 'hidden' });
  await callWith(guest, TITLE).getByRole('button', { name: WORDS.en.common.close, exact: true }).click();
  await seeNotice(guest, rooms.removedTitle, rooms.removedHint);

  // The session is forgotten; what names the device is not for scripts, and stays.
  await guest.context.clearCookies({ name: /^(?!ahoy-device)/ });
  await guest.page.evaluate(() => localStorage.clear());
  await guest.page.goto(room.path);
  await guest.page.reload();
  await askToJoin(guest, 'Somebody Else');
  await seeNotice(guest, rooms.refusedTitle, rooms.refusedHint);
  await guest.context.close();
});

test('another is made host, lets a guest in, and ends the call for all', async () => {
  // Who has just given it away may ask once more who waits, and is refused.
  host.expectComplaints(REFUSALS);
  await doTo(host, TITLE, nameOf(mikhail), 'makeHost');
  await newcomer.page.reload();
  await askToJoin(newcomer, SECOND_GUEST);
  await seeWaiting(newcomer);
  await letInAlone(phone, TITLE, SECOND_GUEST);
  await seeInCall(newcomer, TITLE);
  await allSeeAll([host, phone, fourth, newcomer], 1);
  await callWith(newcomer, TITLE).getByRole('button', { name: calls.chat, exact: true }).click();
  await write(newcomer, 'I bring the charts');

  const all = [host, phone, fourth, newcomer];
  await endForAll(phone, TITLE);
  await Promise.all(all.map((device) => seeEnded(device, TITLE, 'endedDone')));
  await seeMessage(host, 'I bring the charts');
});

test('the guest makes an account and finds the chat with its messages', async () => {
  const { page } = newcomer;
  const email = newAddress(SECOND_GUEST);
  await page.getByRole('button', { name: rooms.createAccount, exact: true }).click();
  expect(await page.getByLabel(identity.name).inputValue()).toBe(SECOND_GUEST);
  await page.getByLabel(identity.email).fill(email);
  await passwordField(newcomer).fill(PASSWORD);
  await page.getByRole('button', { name: identity.sendCode }).click();
  await enterCode(newcomer, (await ahoy.letters.next(email)).code);
  await seeChats(newcomer);
  await openFromList(newcomer, TITLE);
  await seeMessage(newcomer, 'I bring the charts');
  await write(host, 'Welcome aboard');
  await seeMessage(newcomer, 'Welcome aboard');
});

test('a link that was revoked says so, to whoever has it', async () => {
  await host.page.getByRole('button', { name: rooms.invite, exact: true }).click();
  const sheet = dialog(host, rooms.invite);
  const revoke = sheet.getByRole('button', { name: rooms.revoke, exact: true });
  await revoke.click();
  await sheet.getByText(rooms.revokeHint).waitFor();
  await revoke.click();
  await sheet.getByText(rooms.isRevoked).waitFor();

  const stranger = await browsers.desktop();
  stranger.expectComplaints(REFUSALS);
  await stranger.page.goto(room.path);
  await seeNotice(stranger, rooms.closedTitle, rooms.closedHint);
  await enterByCode(stranger, room.code);
  await seeNotice(stranger, rooms.closedTitle, rooms.closedHint);
  await seeMessage(host, 'Welcome aboard');
});
