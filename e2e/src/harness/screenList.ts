import { newAddress } from './apiPerson.ts';
import { CALL_SCREENS } from './callScreenList.ts';
import {
  backToList,
  chooseInMenu,
  composer,
  message,
  openMenu,
  seeMark,
  seeMessage,
  write,
} from './chatActs.ts';
import { comeIn, seeChats, signUp } from './identityActs.ts';
import { INSTALL_SCREENS } from './installScreenList.ts';
import { seeInstalled } from './offlineActs.ts';
import { type Device, NETWORK_COMPLAINTS } from './openBrowser.ts';
import { PHOTO_SCREENS } from './photoScreenList.ts';
import { ROOM_SCREENS } from './roomScreenList.ts';
import type { Scene } from './scene.ts';
import { results, searchFor } from './searchActs.ts';
import { TELEGRAM_SCREENS } from './telegramScreenList.ts';

/** One picture: how to get to it from an empty browser (`out`), or from the signed-in list of chats (`in`). */
export interface Screen {
  readonly name: string;
  readonly as: 'out' | 'newcomer' | 'in';
  /** Shows a call; `both`: also the friend's device shows one worth looking at. */
  readonly call?: 'mine' | 'both';
  /** `theirs`: a desktop that the friend of the scene sits at. */
  readonly open: (device: Device, scene: Scene, theirs: Device) => Promise<void>;
}

const SEND = '**/api/messages';
const REFUSAL = {
  status: 403,
  json: { defined: true, code: 'FORBIDDEN', status: 403, message: 'FORBIDDEN', data: {} },
};

const heading = async ({ page }: Device, name: string) => {
  await page.getByRole('heading', { name }).first().waitFor();
};
const visit = (path: string, title: (device: Device) => string) => async (device: Device) => {
  await device.page.goto(path);
  await heading(device, title(device));
};
const openChatPage = async (device: Device, scene: Scene) => {
  await device.page.goto(`/chats/${scene.chatId}`);
  await seeMessage(device, scene.mine);
};

export const SCREENS: readonly Screen[] = [
  { name: 'sign-in', as: 'out', open: visit('/sign-in', ({ words }) => words.identity.signInTitle) },
  { name: 'sign-up', as: 'out', open: visit('/sign-up', ({ words }) => words.identity.signUp) },
  {
    name: 'code',
    as: 'out',
    async open(device) {
      await signUp(device, { name: 'Anna', email: newAddress('Anna') });
      await heading(device, device.words.identity.codeTitle);
    },
  },
  {
    name: 'letter-link',
    as: 'out',
    open: visit('/confirm#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', ({ words }) => words.identity.linkTitle),
  },
  { name: 'forgot', as: 'out', open: visit('/forgot', ({ words }) => words.identity.forgotTitle) },
  {
    name: 'reset',
    as: 'out',
    open: visit('/reset#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', ({ words }) => words.identity.resetTitle),
  },
  {
    name: 'terms',
    as: 'out',
    async open({ page }) {
      await page.goto('/terms');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
  },
  { name: 'no-chats', as: 'newcomer', open: (device) => seeChats(device) },
  {
    name: 'no-calls',
    as: 'newcomer',
    async open({ page, words }) {
      await page.goto('/calls');
      await page.getByText(words.callList.empty).waitFor();
    },
  },
  { name: 'chats', as: 'in', open: visit('/chats', ({ words }) => words.chats.title) },
  {
    name: 'search',
    as: 'in',
    async open(device) {
      await device.page.goto('/chats');
      await searchFor(device, device.language === 'ru' ? 'при' : 'be');
      await results(device).locator('mark').first().waitFor();
      await results(device).getByText(device.words.search.scope).waitFor();
    },
  },
  { name: 'chat', as: 'in', open: openChatPage },
  {
    name: 'message-menu',
    as: 'in',
    async open(device, scene) {
      await openChatPage(device, scene);
      await openMenu(device, scene.mine);
    },
  },
  {
    name: 'reply',
    as: 'in',
    async open(device, scene) {
      await openChatPage(device, scene);
      await chooseInMenu(device, scene.theirs, 'reply');
      await composer(device).fill(scene.next);
    },
  },
  {
    name: 'edit',
    as: 'in',
    async open(device, scene) {
      await openChatPage(device, scene);
      await chooseInMenu(device, scene.mine, 'edit');
    },
  },
  {
    name: 'new-chat',
    as: 'in',
    async open(device) {
      await device.page.goto('/chats');
      await device.page.getByRole('button', { name: device.words.chats.newChat }).first().click();
      await device.page.getByRole('dialog').waitFor();
    },
  },
  ...INSTALL_SCREENS,
  { name: 'people', as: 'in', open: visit('/people', ({ words }) => words.contacts.title) },
  { name: 'settings', as: 'in', open: visit('/settings', ({ words }) => words.settings.title) },
  ...PHOTO_SCREENS,
  {
    name: 'settings-notifications',
    as: 'in',
    async open(device) {
      const { notifications } = device.words;
      await visit('/settings/notifications', () => notifications.title)(device);
      await device.page.getByRole('switch', { name: notifications.quiet }).waitFor();
    },
  },
  {
    name: 'settings-privacy',
    as: 'in',
    open: visit('/settings/privacy', ({ words }) => words.settings.privacy),
  },
  {
    name: 'settings-devices',
    as: 'in',
    open: visit('/settings/devices', ({ words }) => words.settings.devices),
  },
  {
    name: 'settings-password',
    as: 'in',
    open: visit('/settings/password', ({ words }) => words.settings.password),
  },
  ...TELEGRAM_SCREENS,
  {
    name: 'settings-blocked',
    as: 'in',
    async open({ page, words }) {
      await page.goto('/settings/privacy/blocked');
      await page.getByRole('button', { name: words.contacts.unblock }).waitFor();
    },
  },
  {
    name: 'settings-sound',
    as: 'in',
    async open(device) {
      const { page, words } = device;
      await page.goto('/settings/sound-and-camera');
      await heading(device, words.callSheets.soundAndCamera);
      await page.getByRole('img', { name: words.callSheets.level }).waitFor();
    },
  },
  {
    name: 'person',
    as: 'in',
    async open(device, scene) {
      await openChatPage(device, scene);
      await device.page.getByRole('heading', { name: scene.friend }).getByRole('button').click();
      await device.page.getByRole('dialog', { name: scene.friend }).waitFor();
    },
  },
  ...CALL_SCREENS.map((screen) => ({ call: 'mine' as const, ...screen, as: 'in' as const })),
  ...ROOM_SCREENS,
  // The last ones: what is written here is never sent.
  {
    name: 'offline-chat',
    as: 'in',
    async open(device, scene) {
      device.expectComplaints(/status of 403/);
      device.expectComplaints(NETWORK_COMPLAINTS);
      await openChatPage(device, scene);
      await device.context.route(SEND, (route) => route.fulfill(REFUSAL));
      await write(device, scene.refused);
      await message(device, scene.refused).getByText(device.words.chats.failed, { exact: true }).waitFor();
      await device.context.unroute(SEND);
      await seeInstalled(device);
      await device.context.setOffline(true);
      await device.page.getByText(device.words.connection.waitingForNetwork).waitFor();
      await write(device, scene.next);
      await seeMark(device, scene.next, 'waiting');
    },
  },
  {
    name: 'offline-list',
    as: 'in',
    async open(device) {
      if (device.isPhone) await backToList(device);
      await device.page.getByText(device.words.connection.offline, { exact: true }).waitFor();
    },
  },
  {
    name: 'outbox',
    as: 'in',
    async open({ page, words }) {
      await page.getByRole('button', { name: words.connection.viewOutbox }).click();
      await page.getByRole('dialog', { name: words.outbox.title }).waitFor();
    },
  },
  {
    name: 'outbox-edit',
    as: 'in',
    async open({ page, words }) {
      const waiting = page.getByRole('dialog').getByRole('listitem').last();
      await waiting.getByRole('button', { name: words.messages.edit }).click();
    },
  },
  {
    name: 'sign-out-unsent',
    as: 'in',
    async open({ page, words }) {
      await page.getByRole('dialog').getByRole('button', { name: words.common.close }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: words.common.tabSettings }).click();
      await page.getByRole('button', { name: words.settings.signOut }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.settings.sendFirst }).waitFor();
    },
  },
  {
    name: 'storage-lost',
    as: 'in',
    async open(device, scene) {
      const { page, context, words } = device;
      await context.setOffline(false);
      await page.goto('/chats');
      await heading(device, words.chats.title);
      await page.evaluate((name) => void indexedDB.deleteDatabase(name), `ahoy:${scene.me.id}`);
      await page.getByText(words.connection.wasLost).waitFor();
    },
  },
  {
    name: 'outdated',
    as: 'in',
    async open({ page, words }, scene) {
      await page.evaluate((name) => void indexedDB.open(name, 99), `ahoy:${scene.me.id}`);
      await page.getByText(words.connection.outdated).waitFor();
    },
  },
  {
    name: 'no-storage',
    as: 'in',
    async open({ page, words }) {
      await page.addInitScript(() => {
        indexedDB.open = () => {
          throw new DOMException('denied', 'SecurityError');
        };
      });
      await page.goto('/chats');
      await page.getByText(words.connection.noStorage).waitFor();
    },
  },
];

/** Takes the device to the screen; it has to be signed in as the screen says. */
export async function signInFor(device: Device, scene: Scene, as: Screen['as']): Promise<void> {
  if (as === 'in') await comeIn(device, scene.me.email);
  if (as === 'newcomer') await comeIn(device, scene.newcomer.email);
}
