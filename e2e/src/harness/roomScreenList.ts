import { callWith, closeSheet, hangUp } from './callActs.ts';
import {
  askToJoin,
  dialog,
  joinFromChat,
  letInAlone,
  openPeople,
  seePeople,
  seeWaiting,
} from './roomActs.ts';
import { pathOf } from './roomScene.ts';
import type { Scene } from './scene.ts';
import type { Screen } from './screenList.ts';

/** Of a room that never was. */
const UNKNOWN = '/r#AAAAAAAAAAAAAAAAAAAAAAAA';

/** What is seen of rooms by whoever has a link, and by who makes one. The latter go on from each other. */
export const ROOM_SCREENS: readonly Screen[] = [
  {
    name: 'room-lobby',
    as: 'out',
    async open({ page, words }, { room }) {
      await page.goto(pathOf(room));
      await page.getByLabel(words.rooms.yourName).waitFor();
      await page.getByText(room.title).first().waitFor();
    },
  },
  {
    name: 'room-code',
    as: 'out',
    async open({ page, words }) {
      await page.goto('/r');
      await page.getByRole('heading', { name: words.rooms.codeTitle }).waitFor();
    },
  },
  {
    name: 'room-unknown',
    as: 'out',
    async open({ page, words, expectComplaints }) {
      expectComplaints(/status of 404/);
      await page.goto('/chats');
      await page.goto(UNKNOWN);
      await page.getByRole('heading', { name: words.rooms.unknownTitle }).waitFor();
    },
  },
  {
    name: 'room-new',
    as: 'in',
    call: 'mine',
    async open(device) {
      const { page, words } = device;
      await page.goto('/calls');
      await page.getByRole('button', { name: words.rooms.byLink, exact: true }).click();
      await dialog(device, words.rooms.byLink).getByRole('button', { name: words.rooms.new }).click();
      await dialog(device, words.rooms.new).waitFor();
    },
  },
  {
    name: 'room-link',
    as: 'in',
    call: 'mine',
    async open(device, scene) {
      const { words } = device;
      const form = dialog(device, words.rooms.new);
      await form.getByLabel(words.rooms.title, { exact: true }).fill(scene.room.title);
      await form.getByRole('button', { name: words.rooms.create, exact: true }).click();
      const sheet = dialog(device, words.rooms.invite);
      await sheet.getByRole('button', { name: words.rooms.showQr }).click();
      await sheet.getByRole('img').waitFor();
    },
  },
  {
    name: 'room-chat',
    as: 'in',
    call: 'mine',
    async open(device) {
      const { page, words } = device;
      await closeSheet(device, words.rooms.invite);
      await page.getByRole('button', { name: words.rooms.joinCall, exact: true }).waitFor();
    },
  },
  {
    name: 'room-waiting',
    as: 'in',
    call: 'both',
    async open(device, scene, theirs) {
      await joinFromChat(device);
      await callWith(device, scene.room.title).getByRole('timer').waitFor();
      await theirs.page.goto(pathOf(await newestRoom(scene)));
      await askToJoin(theirs);
      await seeWaiting(theirs);
      const { letIn } = device.words.roomCall;
      await callWith(device, scene.room.title).getByRole('button', { name: letIn, exact: true }).waitFor();
    },
  },
  {
    name: 'room-call',
    as: 'in',
    call: 'both',
    async open(device, { room, friend }, theirs) {
      await letInAlone(device, room.title, friend);
      await Promise.all([device, theirs].map((each) => seePeople(each, room.title, 2)));
      await callWith(device, room.title).locator('video').nth(1).waitFor();
    },
  },
  {
    name: 'room-people',
    as: 'in',
    call: 'mine',
    async open(device, { room, friend }) {
      const sheet = await openPeople(device, room.title);
      await sheet.getByRole('listitem').filter({ hasText: friend }).waitFor();
    },
  },
  {
    name: 'rooms',
    as: 'in',
    call: 'mine',
    async open(device, { room }, theirs) {
      const { page, words } = device;
      await closeSheet(device, words.roomCall.showPeople);
      for (const each of [theirs, device]) await hangUp(each);
      await callWith(device, room.title).waitFor({ state: 'hidden' });
      await theirs.page.goto('/chats');
      await page.goto('/calls');
      await page.getByRole('button', { name: words.rooms.byLink, exact: true }).click();
      await dialog(device, words.rooms.byLink).getByText(room.title).first().waitFor();
    },
  },
];

async function newestRoom({ me }: Scene) {
  const { rooms } = await me.api.rooms.list({});
  const [newest] = rooms;
  if (!newest) throw new Error('No room was made');
  return newest;
}
