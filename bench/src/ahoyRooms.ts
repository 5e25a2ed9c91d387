import { registerPerson } from '../../e2e/src/harness/apiPerson.ts';
import { hangUp } from '../../e2e/src/harness/callActs.ts';
import { mediaOf } from '../../e2e/src/harness/callProbe.ts';
import { openDeviceOf } from '../../e2e/src/harness/callScene.ts';
import type { Browsers, Device } from '../../e2e/src/harness/openBrowser.ts';
import { makeRoom } from '../../e2e/src/harness/roomScene.ts';
import type { Ahoy } from '../../e2e/src/harness/startAhoy.ts';
import { waitFor } from '../../e2e/src/harness/waitFor.ts';
import { watchRoomFrames } from './roomFrames.ts';
import { PEOPLE, type RoomSide } from './roomSide.ts';

const NAMES = ['Anna Fox', 'Boris Quay', 'Clara Reef', 'Dan Lee'];

/** Devices with the app open in the chat of their room, in this browser. */
export async function openAhoyRoom(ahoy: Ahoy, browsers: Browsers): Promise<RoomSide> {
  const people = await Promise.all(NAMES.slice(0, PEOPLE).map((name) => registerPerson(ahoy, { name })));
  const [host, ...others] = people;
  if (!host) throw new Error('Nobody is there');
  const { token, chatId } = await makeRoom(host, 'Round table');
  for (const { api } of others) await api.rooms.enter({ key: token });
  const devices: Device[] = [];
  for (const person of people) {
    const device = await openDeviceOf(ahoy, browsers, { person });
    await device.context.addInitScript(watchRoomFrames);
    await device.page.goto(`/chats/${chatId}`);
    devices.push(device);
  }
  const last = devices.at(-1);

  async function come(device: Device): Promise<{ beganAt: number; seenAt: number }> {
    const pictures = device.page.evaluate((count) => nextPictures(count), PEOPLE - 1);
    const beganAt = await joinButton(device).evaluate((button) => {
      const at = performance.timeOrigin + performance.now();
      if (button instanceof HTMLElement) button.click();
      return at;
    });
    return { beganAt, seenAt: Math.max(...(await pictures)) };
  }

  async function leave(device: Device): Promise<void> {
    await hangUp(device);
    await joinButton(device).click({ trial: true });
  }

  return {
    async begin() {
      const times = await Promise.all(devices.map(come));
      return Math.max(...times.map(({ seenAt }) => seenAt)) - Math.min(...times.map((each) => each.beganAt));
    },
    async rejoin() {
      if (!last) return Number.NaN;
      await leave(last);
      for (const { page } of devices.slice(0, -1))
        await waitFor('their leaving', async () => (await mediaOf(page)).peers.length === PEOPLE - 2);
      const { beganAt, seenAt } = await come(last);
      return seenAt - beganAt;
    },
    async end() {
      for (const device of devices) await leave(device);
    },
    async close() {
      for (const { context } of devices) await context.close();
    },
  };
}

function joinButton({ page, words }: Device) {
  return page.getByRole('button', { name: words.rooms.joinCall, exact: true });
}
