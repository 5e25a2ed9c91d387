import type { Screen } from './screenList.ts';
import { fill } from './words.ts';

const SHARED_LINK = 'https://tides.example.org/week';

/** What an installed app shows besides. */
export const INSTALL_SCREENS: readonly Screen[] = [
  {
    name: 'share',
    as: 'in',
    async open({ page, words }, scene) {
      await page.goto(`/share?${new URLSearchParams({ text: scene.theirs, url: SHARED_LINK })}`);
      await page.getByRole('radio', { name: scene.friend }).check();
      await page.getByRole('button', { name: fill(words.share.sendTo, { name: scene.friend }) }).waitFor();
    },
  },
  {
    name: 'too-old',
    as: 'in',
    async open({ page, words }) {
      await page.route('**/api/server', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), minClientProtocol: 99 } });
      });
      await page.goto('/chats');
      await page.getByRole('heading', { name: words.install.tooOld }).waitFor();
      await page.unroute('**/api/server');
    },
  },
];
