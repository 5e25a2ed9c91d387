import type { Device } from './openBrowser.ts';
import { chooseFile, cropDialog, cropWindow, drawBoat } from './photoActs.ts';
import type { Screen } from './screenList.ts';

/** The profile, and how its photo comes there. */
export const PHOTO_SCREENS: readonly Screen[] = [
  { name: 'photo-crop', as: 'in', open: choosePhoto },
  {
    name: 'settings-profile',
    as: 'in',
    async open(device) {
      const { page, words } = device;
      await choosePhoto(device);
      await page.getByRole('button', { name: words.photo.use }).click();
      await cropDialog(device).waitFor({ state: 'hidden' });
      await page.goto('/settings/profile');
      await page.getByRole('main').locator('form img').waitFor();
    },
  },
];

async function choosePhoto(device: Device): Promise<void> {
  await device.page.goto('/settings/profile');
  const buffer = await drawBoat(device);
  await chooseFile(device, { name: 'boat.png', mimeType: 'image/png', buffer });
  await cropWindow(device).waitFor();
}
