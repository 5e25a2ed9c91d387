import type { Locator } from 'playwright-core';
import type { Device } from './openBrowser.ts';

/** Of one half of a picture, or of where a photo is looked at. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A PNG whose two halves have these colours, drawn by the page. */
export async function drawHalves({ page }: Device, left: Colour, right: Colour): Promise<Buffer> {
  const url = await page.evaluate(
    (colours) => {
      const canvas = document.createElement('canvas');
      canvas.width = 1200;
      canvas.height = 800;
      const context = canvas.getContext('2d');
      for (const [index, colour] of colours.entries()) {
        if (context) context.fillStyle = `rgb(${colour.join(' ')})`;
        context?.fillRect(index * 600, 0, 600, 800);
      }
      return canvas.toDataURL();
    },
    [left, right],
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** A PNG of a boat under the evening sun, somewhat left of its middle. */
export async function drawBoat({ page }: Device): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1200;
    const context = canvas.getContext('2d');
    if (!context) return '';
    const fill = (path: string, colour: string | CanvasGradient) => {
      context.fillStyle = colour;
      context.fill(new Path2D(path));
    };
    const sky = context.createLinearGradient(0, 0, 0, 800);
    sky.addColorStop(0, '#27566f');
    sky.addColorStop(0.6, '#d98f62');
    sky.addColorStop(1, '#f6cf8d');
    fill('M0 0H1600V800H0Z', sky);
    fill('M1000 620a110 110 0 1 0 220 0a110 110 0 1 0 -220 0Z', '#ffedc2');
    fill('M0 800H1600V1200H0Z', '#12475a');
    fill('M980 830H1240L1180 850H1040ZM1010 890H1210L1170 905H1050Z', '#f0b676');
    fill('M690 180L700 800H330Z', '#fff6e6');
    fill('M730 260C900 420 960 600 940 800H740Z', '#e4d3b8');
    fill('M300 830H1010C980 930 920 960 860 960H420C360 950 320 900 300 830Z', '#3a1f1a');
    return canvas.toDataURL();
  });
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** Takes this file in the profile, as the system's own dialog would give it. */
export async function chooseFile(
  { page }: Device,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(file);
}

export async function openProfile({ page, words }: Device): Promise<void> {
  await page.getByRole('link', { name: words.common.tabSettings }).click();
  await page.getByRole('link', { name: words.settings.editProfile }).click();
  await page.getByRole('heading', { name: words.settings.profile }).waitFor();
}

export function cropDialog({ page, words }: Device): Locator {
  return page.getByRole('dialog', { name: words.photo.title });
}

/** The window in which the picture is moved, once that is there. */
export function cropWindow(device: Device): Locator {
  return cropDialog(device).getByRole('application', { name: device.words.photo.area });
}

/** The colour in the middle of the photo that stands in this place; null: there is none. */
export async function photoIn(place: Locator): Promise<Colour | null> {
  const photo = place.locator('img');
  if ((await photo.count()) === 0) return null;
  return photo.first().evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext('2d');
    context?.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
    return [red, green, blue];
  });
}

/** What stands above the open chat. */
export function chatTop({ page }: Device, name: string): Locator {
  return page.locator('header').filter({ has: page.getByRole('heading', { name }) });
}
