import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { ApiPerson } from './apiPerson.ts';
import {
  answer,
  call,
  callWith,
  closeSheet,
  decline,
  hangUp,
  minimise,
  openMore,
  press,
  ringing,
  seeRingingAt,
  seeRunning,
  seeStanding,
} from './callActs.ts';
import { backToList, openFromList, openMenu, rowOf } from './chatActs.ts';
import type { Device } from './openBrowser.ts';
import { ringFrom, type Scene } from './scene.ts';
import { fill } from './words.ts';

interface CallScreen {
  readonly name: string;
  /** Where both devices are worth looking at. */
  readonly call?: 'both';
  readonly open: (device: Device, scene: Scene, theirs: Device) => Promise<void>;
}

const CALLS = '**/api/calls';
/** What the server says of a call that rang for its minute; no picture waits for that. */
const MISSED = { version: 1_000, phase: 'ended', outcome: 'missed', ringsForSeconds: 0 } as const;

/** All that is seen of calls. Each goes on from the one before: four calls are enough for all. */
export const CALL_SCREENS: readonly CallScreen[] = [
  {
    name: 'call-incoming',
    async open(device, { friend, peer, chatId }) {
      const { page, words } = device;
      await page.goto('/chats');
      await page.getByRole('heading', { name: words.chats.title, exact: true }).waitFor();
      await rowOf(device, friend).waitFor();
      await ringFrom(peer, chatId, 'audio');
      await ringing(device, friend).waitFor();
    },
  },
  {
    name: 'call-decline',
    async open(device, { friend }) {
      const { words } = device;
      await ringing(device, friend).getByRole('button', { name: words.calls.message }).click();
      await dialog(device, words.callSheets.declineTitle).waitFor();
    },
  },
  {
    name: 'call-declined',
    async open(device, { friend, peer }) {
      const { words } = device;
      await closeSheet(device, words.callSheets.declineTitle);
      await decline(device, friend);
      await ringing(device, friend).waitFor({ state: 'hidden' });
      await openFromList(device, friend);
      await call(device);
      await seeRingingAt(device, friend);
      await declineAll(peer);
      await seeStanding(device, friend, words.calls.endedDeclined);
    },
  },
  {
    name: 'call-no-answer',
    async open(device, { friend, peer }) {
      const { context, words } = device;
      await leave(device, friend);
      await context.route(CALLS, async (route) => {
        const response = await route.fetch();
        const { call: started } = (await response.json()) as { call: { startedAt: string } };
        await route.fulfill({
          response,
          json: { call: { ...started, ...MISSED, endedAt: started.startedAt } },
        });
      });
      await call(device, 'video');
      await seeStanding(device, friend, words.calls.endedMissed);
      await context.unroute(CALLS);
      await declineAll(peer);
    },
  },
  {
    name: 'call-denied',
    async open(device, { friend }) {
      const { page, words } = device;
      await leave(device, friend);
      await page.evaluate(() => {
        const { mediaDevices } = navigator;
        const real = mediaDevices.getUserMedia;
        mediaDevices.getUserMedia = async () => {
          mediaDevices.getUserMedia = real;
          throw new DOMException('denied', 'NotAllowedError');
        };
      });
      await call(device);
      await seeRingingAt(device, friend);
      await callWith(device, friend).getByRole('button', { name: words.calls.whatToDo }).click();
      await dialog(device, words.callSheets.access).waitFor();
    },
  },
  {
    name: 'call-outgoing',
    call: 'both',
    async open(device, { friend }) {
      await closeSheet(device, device.words.callSheets.access);
      await hangUp(device);
      await callWith(device, friend).waitFor({ state: 'hidden' });
      await call(device);
      await seeRingingAt(device, friend);
    },
  },
  {
    name: 'call-voice',
    call: 'both',
    async open(device, { me, friend }, theirs) {
      await answer(theirs, me.name);
      await seeRunning(device, friend);
      await emoji(device, friend).waitFor();
      await callWith(device, friend).getByRole('img').first().waitFor();
    },
  },
  {
    name: 'call-trust',
    async open(device, { friend }) {
      await emoji(device, friend).click();
      await dialog(device, device.words.callSheets.trustTitle).waitFor();
    },
  },
  {
    name: 'call-more',
    async open(device) {
      await closeSheet(device, device.words.callSheets.trustTitle);
      await press(device, device.words.calls.more);
      await dialog(device, device.words.calls.more).waitFor();
    },
  },
  {
    name: 'call-connection',
    async open(device) {
      const { calls, callSheets } = device.words;
      const more = dialog(device, calls.more);
      await more.getByRole('button', { name: calls.connection, exact: true }).click();
      await dialog(device, callSheets.connection).getByText(callSheets.roundTrip, { exact: true }).waitFor();
    },
  },
  {
    name: 'call-devices',
    async open(device) {
      await closeSheet(device, device.words.callSheets.connection);
      await press(device, device.words.calls.devices);
      await dialog(device, device.words.callSheets.soundAndCamera).waitFor();
    },
  },
  {
    name: 'call-chat',
    async open(device) {
      const { words, page } = device;
      await closeSheet(device, words.callSheets.soundAndCamera);
      if (device.isPhone) await openMore(device, words.calls.chat);
      else await press(device, words.calls.chat);
      await page.getByRole('textbox', { name: words.messages.field }).waitFor();
    },
  },
  {
    name: 'call-video',
    call: 'both',
    async open(device, { me, friend }, theirs) {
      const { words } = device;
      if (device.isPhone) await enlarge(device, friend);
      else await press(device, words.calls.chat);
      await press(theirs, theirs.words.calls.camera);
      await press(device, words.calls.camera);
      await seePicture(theirs, 'pictureOf', me.name);
      await seePicture(device, 'pictureOf', friend);
      await device.page.getByRole('group', { name: words.calls.ownPicture }).waitFor();
      await stir(device);
    },
  },
  {
    name: 'call-screen',
    call: 'both',
    async open(device, { friend }, theirs) {
      await press(theirs, theirs.words.calls.shareScreen);
      await seePicture(device, 'screenOf', friend);
      await stir(device);
    },
  },
  {
    name: 'call-floating',
    async open(device, { friend }, theirs) {
      await press(theirs, theirs.words.calls.stopSharing);
      await minimise(device, friend);
      if (device.isPhone) await backToList(device);
    },
  },
  {
    name: 'call-switch',
    async open(device, { other }) {
      const { words } = device;
      await openFromList(device, other.name);
      await call(device);
      await dialog(device, words.callSheets.switchTitle).waitFor();
    },
  },
  {
    name: 'call-second',
    async open(device, { me, friend, other }) {
      const { page, words } = device;
      await closeSheet(device, words.callSheets.switchTitle);
      await enlarge(device, friend);
      await ringFrom(other, directChatId(me.id, other.id), 'audio');
      await page.getByRole('alert', { name: words.calls.alsoCalling }).waitFor();
      await stir(device);
    },
  },
  {
    name: 'calls',
    async open(device, { friend, other }) {
      const { page, words } = device;
      const banner = page.getByRole('alert', { name: words.calls.alsoCalling });
      await banner.getByRole('button', { name: fill(words.calls.declineFrom, { name: other.name }) }).click();
      await banner.waitFor({ state: 'hidden' });
      await hangUp(device);
      await callWith(device, friend).waitFor({ state: 'hidden' });
      if (device.isPhone) await backToList(device);
      await page.getByRole('link', { name: words.common.tabCalls }).click();
      await page.getByRole('region', { name: words.callList.list }).getByRole('button').first().waitFor();
    },
  },
  {
    name: 'calls-missed',
    async open({ page, words }) {
      await page.getByText(words.callList.missedOnly, { exact: true }).click();
      await page.getByText(words.callList.scope).waitFor();
    },
  },
  {
    name: 'chat-calls',
    async open(device, { friend }) {
      await device.page.getByRole('link', { name: device.words.common.tabChats }).click();
      await openFromList(device, friend);
      await device.page.getByRole('article', { name: device.words.callList.video }).first().waitFor();
    },
  },
  {
    name: 'call-details',
    async open(device) {
      const { page, words } = device;
      await openMenu(device, words.callList.audio);
      await page.getByRole('menuitem', { name: words.messages.callDetails }).click();
      await dialog(device, words.callSheets.detailsTitle).getByText(words.callSheets.duration).waitFor();
    },
  },
];

const dialog = ({ page }: Device, name: string) => page.getByRole('dialog', { name });

function emoji(device: Device, name: string) {
  const start = fill(device.words.calls.checkEmoji, { emoji: '' });
  return callWith(device, name).getByRole('button', { name: start });
}

async function seePicture(device: Device, what: 'pictureOf' | 'screenOf', name: string): Promise<void> {
  const label = fill(device.words.calls[what], { name });
  await device.page.locator('video').and(device.page.getByLabel(label)).waitFor();
}

/** What leaves over a picture is there again. */
async function stir({ page }: Device): Promise<void> {
  for (const x of [150, 170]) await page.mouse.move(x, 300);
}

async function enlarge(device: Device, name: string): Promise<void> {
  await callWith(device, name).getByRole('button', { name: device.words.calls.open }).click();
  await callWith(device, name).getByRole('button', { name: device.words.calls.minimise }).waitFor();
}

/** Closes the call whose end stays to be read. */
async function leave(device: Device, name: string): Promise<void> {
  await device.page.keyboard.press('Escape');
  await callWith(device, name).waitFor({ state: 'hidden' });
}

/** Declines whatever rings at somebody. */
async function declineAll({ api }: ApiPerson): Promise<void> {
  const { calls } = await api.calls.current({});
  for (const { id } of calls) await api.calls.decline({ id });
}
