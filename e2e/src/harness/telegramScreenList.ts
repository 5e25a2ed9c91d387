import type { Route } from 'playwright-core';
import type { Device } from './openBrowser.ts';
import type { Scene } from './scene.ts';
import type { Screen } from './screenList.ts';
import { fill } from './words.ts';

/** As long as a token or a state is. */
const SECRET = 'A'.repeat(43);
const TIME = '2026-03-04T10:00:00.000Z';

/** The answers of a server with a bot, to whatever is asked below `/api`. */
type Answers = Readonly<Record<string, (scene: Scene) => object>>;

const LINKED: Answers = {
  'GET /telegram/identity': ({ me }) => ({
    identity: { name: me.name, username: 'anna_at_sea', linkedAt: TIME, bot: 'blocked' },
    ...{ isLastWayIn: false, isFresh: false },
  }),
};

const TAKEN: Answers = {
  'GET /telegram/identity': () => ({ identity: null, isLastWayIn: false, isFresh: true }),
  'POST /telegram/login': () => ({ url: `/telegram?code=c&state=${SECRET}`, secret: SECRET }),
  'POST /telegram/login/finish': ({ me }) => ({ ticket: 'ticket', name: me.name }),
  'POST /telegram/link': ({ other, me }) => ({
    is: 'taken',
    other: { id: other.id, name: me.name, username: 'anna_at_sea', email: null, chats: 5, createdAt: TIME },
  }),
};

/** Lets the server say that it has a bot, as long as the screen is on its way. */
async function withBot(
  device: Device,
  scene: Scene,
  answers: Answers,
  open: () => Promise<void>,
): Promise<void> {
  const { page, context } = device;
  const reply = async (route: Route) => {
    const { pathname, origin } = new URL(route.request().url());
    const path = pathname.replace(/^\/api/, '');
    if (path === '/server') {
      const info = await (await route.fetch()).json();
      return route.fulfill({
        json: { ...info, telegram: { botUsername: 'ahoy_bot', hasWebLogin: true } },
      });
    }
    const answer: Record<string, unknown> | undefined = answers[`${route.request().method()} ${path}`]?.(
      scene,
    ) as Record<string, unknown> | undefined;
    if (!answer) return route.fallback();
    const { url } = answer;
    return route.fulfill({ json: { ...answer, ...(typeof url === 'string' && { url: origin + url }) } });
  };
  await context.route('**/api/**', reply);
  await open();
  await page.waitForLoadState('networkidle');
  await context.unroute('**/api/**', reply);
}

export const TELEGRAM_SCREENS: readonly Screen[] = [
  {
    name: 'telegram-sign-in',
    as: 'out',
    open: (device, scene) =>
      withBot(device, scene, {}, async () => {
        await device.page.goto('/sign-in');
        await device.page.getByRole('button', { name: device.words.telegramAccount.continue }).waitFor();
      }),
  },
  {
    name: 'telegram-denied',
    as: 'out',
    async open({ page, words }) {
      await page.goto('/telegram?error=access_denied&state=none');
      await page.getByRole('heading', { name: words.telegramAccount.deniedTitle }).waitFor();
    },
  },
  {
    name: 'continue',
    as: 'out',
    async open(device, scene) {
      const { id, name, username } = scene.me;
      await withBot(
        device,
        scene,
        { 'POST /identity/hand-off/look': () => ({ id, name, username }) },
        async () => {
          await device.page.goto(`/continue#${SECRET}`);
          const title = fill(device.words.telegramAccount.continueAs, { name });
          await device.page.getByRole('heading', { name: title }).waitFor();
        },
      );
    },
  },
  {
    name: 'settings-telegram',
    as: 'in',
    open: (device, scene) =>
      withBot(device, scene, LINKED, async () => {
        const { page, words } = device;
        await page.goto('/settings/telegram');
        await page.getByRole('group', { name: words.telegramAccount.notices }).waitFor();
      }),
  },
  {
    name: 'telegram-unlink',
    as: 'in',
    async open({ page, words }) {
      const { unlink, proveTitle } = words.telegramAccount;
      await page.getByRole('button', { name: unlink }).click();
      await page.getByRole('dialog').getByRole('button', { name: unlink }).click();
      await page.getByRole('dialog', { name: proveTitle }).waitFor();
    },
  },
  {
    name: 'telegram-merge',
    as: 'in',
    open: (device, scene) =>
      withBot(device, scene, TAKEN, async () => {
        const { page, words } = device;
        await page.goto('/settings/telegram');
        await page.getByRole('button', { name: words.telegramAccount.link }).click();
        await page.getByRole('button', { name: words.telegramAccount.merge }).waitFor();
      }),
  },
];
