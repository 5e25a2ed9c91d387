import { expect } from 'vitest';
import { flowsFor } from './callFlows.ts';
import { mediaOf } from './callProbe.ts';
import { openDeviceOf, type Pair, type PairWish, seedPair } from './callScene.ts';
import { type Browsers, type Device, NETWORK_COMPLAINTS } from './openBrowser.ts';
import type { Ahoy } from './startAhoy.ts';

/** Two devices in a video call with each other; `caller` is the first person's. */
export interface RunningCall {
  readonly pair: Pair;
  readonly caller: Device;
  readonly callee: Device;
}

export interface CallWish extends PairWish {
  /** Where the app is opened; where the server is by default. */
  readonly origin?: string;
  /** Of the callee, when it is another one. */
  readonly calleeBrowsers?: Browsers;
}

/** What is said while the server is away. */
const PICTURE = { audio: true, video: true } as const;
const PATIENCE_MS = 15_000;
/** The screens of calls are loaded when the first one rings. */
const RING_PATIENCE_MS = 30_000;

/** Makes two people, and has the first call the second, who answers with video; media flows both ways. */
export async function callPair(
  ahoy: Pick<Ahoy, 'url' | 'letters'>,
  browsers: Browsers,
  { origin = ahoy.url, calleeBrowsers = browsers, ...pairWish }: CallWish = {},
): Promise<RunningCall> {
  const pair = await seedPair(ahoy, pairWish);
  const path = `/chats/${pair.chatId}`;
  const [caller, callee] = [
    await openDeviceOf(ahoy, browsers, { person: pair.anna, path, origin }),
    await openDeviceOf(ahoy, calleeBrowsers, { person: pair.boris, path, origin }),
  ];
  for (const device of [caller, callee]) device.expectComplaints(NETWORK_COMPLAINTS);
  await startVideoCall(caller);
  await answerWithVideo(callee);
  const call = { pair, caller, callee };
  await picturesFlow(call);
  return call;
}

export async function startVideoCall({ page, words }: Device): Promise<void> {
  await page.getByRole('button', { name: words.callList.video, exact: true }).click();
}

export async function answerWithVideo({ page, words }: Device): Promise<void> {
  const button = page.getByRole('button', { name: words.calls.withVideo, exact: true });
  await button.click({ timeout: RING_PATIENCE_MS });
}

/** Sound and picture arrive on both sides for so long (seconds). */
export async function picturesFlow({ caller, callee }: RunningCall, seconds = 0): Promise<void> {
  await Promise.all([caller, callee].map(({ page }) => flowsFor(page, PICTURE, seconds)));
}

/** Hangs up at one side, and sees that it is over at both at once. */
export async function hangUp(by: Device, other: Device): Promise<void> {
  // The controls come when the mouse moves.
  await by.page.mouse.move(300, 300);
  await by.page.mouse.move(320, 320);
  await by.page.getByRole('button', { name: by.words.calls.end }).click();
  await Promise.all([by, other].map((device) => seeEnding(device, device.words.calls.endedDone, 3_000)));
}

/** Sees these words about a call that is over. */
export async function seeEnding({ page }: Device, words: string, timeout = PATIENCE_MS): Promise<void> {
  await page.getByText(words, { exact: true }).first().waitFor({ timeout });
}

/** Sees the notice that the server is away, or that it is gone. */
export async function seeServerLost({ page, words }: Device, isLost: boolean): Promise<void> {
  const state = isLost ? 'visible' : 'hidden';
  await page.getByText(words.calls.serverLost).first().waitFor({ state, timeout: PATIENCE_MS });
}

/** How the only connection of this device goes: `host`, `srflx`, `prflx` or `relay` at both ends. */
export async function routeOf({ page }: Device): Promise<{ local?: string; remote?: string; by?: string }> {
  const { peers } = await mediaOf(page);
  expect(peers).toHaveLength(1);
  const route = peers[0]?.route;
  return { local: route?.local, remote: route?.remote, by: route?.relayProtocol };
}
