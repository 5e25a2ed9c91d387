import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiPerson, openChat, registerPerson, sendMessage } from './harness/apiPerson.ts';
import { watchPages } from './harness/chapters.ts';
import { openFromList, seeMark, seeMessage, write } from './harness/chatActs.ts';
import { type CuttableProxy, type Fate, startCuttableProxy } from './harness/cuttableProxy.ts';
import { comeIn, forgetSession } from './harness/identityActs.ts';
import {
  edit,
  expectSame,
  expectTexts,
  findNetwork,
  loseNetwork,
  openTab,
  seeInstalled,
  textsAt,
} from './harness/offlineActs.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS, openBrowser } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

const SEND = /^POST \/api\/messages$/;
const REFRESH = /^POST \/api\/.*refresh/;
const BREAKS: readonly Fate[] = ['beforeRequest', 'beforeAnswer', 'inAnswer'];

let ahoy: Ahoy;
let line: CuttableProxy;
let browsers: Browsers;
let anna: ApiPerson;
let boris: ApiPerson;
let chatId: string;
let device: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  line = await startCuttableProxy(ahoy.url);
  browsers = await openBrowser(ahoy.url);
  [anna, boris] = await Promise.all([
    registerPerson(ahoy, { name: 'Anna Salt' }),
    registerPerson(ahoy, { name: 'Boris Quay' }),
  ]);
  chatId = await openChat(anna, boris);
  await sendMessage(boris, chatId, 'Before all of it');
  device = await newDevice();
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
});
watchPages(() => browsers);

/** Anna's, with the chat open, and ready to start without a network. */
async function newDevice(): Promise<Device> {
  const fresh = await browsers.desktop({ options: { baseURL: line.url } });
  fresh.expectComplaints(NETWORK_COMPLAINTS);
  await fresh.context.grantPermissions(['background-sync']);
  await comeIn(fresh, anna.email);
  await seeInstalled(fresh);
  await openFromList(fresh, boris.name);
  await seeMessage(fresh, 'Before all of it');
  return fresh;
}

/** What the chat holds by now, and these. */
async function followedBy(...texts: string[]): Promise<(string | null)[]> {
  return [...(await textsAt(boris, chatId)), ...texts];
}

test('the network breaks at each step of a send and of an edit: once each, in order', async () => {
  const expected = await followedBy('Broken 0, changed', 'Broken 1, changed', 'Broken 2, changed');
  for (const [index, fate] of BREAKS.entries()) {
    const sending = line.set(SEND, fate, 1);
    await write(device, `Broken ${index}`);
    await seeMark(device, `Broken ${index}`, 'sent');
    expect(sending.count()).toBe(1);
    const changing = line.set(/^PATCH \/api\/messages\//, fate, 1);
    await edit(device, `Broken ${index}`, `Broken ${index}, changed`);
    await changing.struck();
  }
  await expectTexts(boris, chatId, expected);
  await expectSame(boris, chatId, [device]);
});

test('the network breaks at each step of the renewal of a session: it goes on, and what waits leaves once', async () => {
  const expected = await followedBy('Written before the renewal');
  await loseNetwork(device, line);
  await write(device, 'Written before the renewal');
  await seeMark(device, 'Written before the renewal', 'waiting');
  const traps = BREAKS.map((fate) => line.set(REFRESH, fate, 1));
  await forgetSession(device);
  await device.page.reload();
  await seeMark(device, 'Written before the renewal', 'waiting');
  await findNetwork(device, line);
  await seeMark(device, 'Written before the renewal', 'sent');
  expect(traps.map((trap) => trap.count())).toEqual([1, 1, 1]);
  await expectTexts(boris, chatId, expected);
});

test('a reload in the middle of sending: the answer of the first try comes to nobody, and nothing is twice', async () => {
  const expected = await followedBy('Reloaded under way', 'And the next one');
  const held = line.set(SEND, 'held', 1);
  await write(device, 'Reloaded under way');
  await held.struck();
  await write(device, 'And the next one');
  await device.page.reload();
  // If it was the worker that sent, it still waits for the answer.
  held.open();
  await seeMark(device, 'And the next one', 'sent');
  await expectTexts(boris, chatId, expected);
  await expectSame(boris, chatId, [device]);
});

test('two tabs write without a network, one is closed: once each, in the order of writing', async () => {
  const expected = await followedBy('Left one', 'Right one', 'Left two', 'Right two');
  const left = await openTab(device, `/chats/${chatId}`);
  await seeMessage(left, 'Before all of it');
  await loseNetwork(device, line);
  await write(left, 'Left one');
  await seeMark(device, 'Left one', 'waiting');
  await write(device, 'Right one');
  await seeMark(left, 'Right one', 'waiting');
  await write(left, 'Left two');
  await write(device, 'Right two');
  await seeMark(left, 'Right two', 'waiting');
  await left.page.close();
  await findNetwork(device, line);
  await expectTexts(boris, chatId, expected);
  await expectSame(boris, chatId, [device]);
});

test('two devices write and change the same message without a network: each line once, the later change for all', async () => {
  const before = await textsAt(boris, chatId);
  await write(device, 'Changed on both');
  await seeMark(device, 'Changed on both', 'sent');
  const other = await newDevice();
  await seeMessage(other, 'Changed on both');
  await other.context.setOffline(true);
  await loseNetwork(device, line);
  for (const [at, one] of [device, other].entries()) {
    await write(one, `From device ${at}`);
    await edit(one, 'Changed on both', `Changed on device ${at}`);
    await write(one, `Also from device ${at}`);
    await seeMark(one, `Also from device ${at}`, 'waiting');
  }
  await findNetwork(other, line);
  await findNetwork(device, line);
  await expectSame(boris, chatId, [device, other]);
  const arrived = (await textsAt(boris, chatId)).slice(before.length);
  expect(arrived[0]).toBe('Changed on device 1');
  expect(arrived.filter((text) => text?.endsWith('device 0'))).toEqual([
    'From device 0',
    'Also from device 0',
  ]);
  expect(arrived.slice(1).filter((text) => text?.endsWith('device 1'))).toEqual([
    ...['From device 1', 'Also from device 1'],
  ]);
  expect(arrived.length).toBe(5);
  await other.context.close();
});

test('the app is closed with something waiting: the worker sends it, with no page open', async () => {
  const expected = await followedBy('Written in the tunnel', 'Also in the tunnel');
  await loseNetwork(device, line);
  await write(device, 'Written in the tunnel');
  await write(device, 'Also in the tunnel');
  await seeMark(device, 'Also in the tunnel', 'waiting');
  await device.page.close();
  expect(device.context.pages()).toEqual([]);
  await findNetwork(device, line);
  await expectTexts(boris, chatId, expected);
  device = await openTab(device, `/chats/${chatId}`);
  await seeMark(device, 'Also in the tunnel', 'sent');
  await expectSame(boris, chatId, [device]);
});

test('the app is closed in the middle of sending: the worker sends, with no page open', async () => {
  const expected = await followedBy('Closed under way', 'Closed before its turn');
  const held = line.set(SEND, 'held', 1);
  await write(device, 'Closed under way');
  await held.struck();
  await write(device, 'Closed before its turn');
  await seeMark(device, 'Closed before its turn', 'waiting');
  await loseNetwork(device, line);
  await device.page.close();
  expect(device.context.pages()).toEqual([]);
  await findNetwork(device, line);
  await expectTexts(boris, chatId, expected);
  held.open();
  device = await openTab(device, `/chats/${chatId}`);
  await seeMark(device, 'Closed before its turn', 'sent');
  await expectSame(boris, chatId, [device]);
});

test('page and worker wake at the same moment: once each, in order', async () => {
  const expected = await followedBy('Woken one', 'Woken two');
  await loseNetwork(device, line);
  await write(device, 'Woken one');
  await write(device, 'Woken two');
  await seeMark(device, 'Woken two', 'waiting');
  await device.page.close();
  await line.mend();
  [device] = await Promise.all([openTab(device, `/chats/${chatId}`), device.context.setOffline(false)]);
  await expectTexts(boris, chatId, expected);
  await seeMark(device, 'Woken two', 'sent');
  await expectSame(boris, chatId, [device]);
});

test('a connection that went deaf is replaced when the page is looked at again', async () => {
  const connections = () => line.arrivals(/^GET \/socket\.io\//).length;
  line.deafen();
  await sendMessage(boris, chatId, 'Not heard');
  const before = connections();
  await device.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await seeMessage(device, 'Not heard');
  await expect.poll(connections, { timeout: 10_000 }).toBe(before + 1);
  await sendMessage(boris, chatId, 'Heard again');
  await seeMessage(device, 'Heard again');
});
