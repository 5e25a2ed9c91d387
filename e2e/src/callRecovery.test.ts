import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCallBrowser } from './harness/callBrowser.ts';
import { flowsFor } from './harness/callFlows.ts';
import {
  callPair,
  hangUp,
  picturesFlow,
  type RunningCall,
  routeOf,
  seeEnding,
  seeServerLost,
} from './harness/callRecoveryActs.ts';
import { tellInChapters } from './harness/chapters.ts';
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { type Coturn, startCoturn } from './harness/startCoturn.ts';
import { waitFor } from './harness/waitFor.ts';

/** Renewed at half of it. */
const CREDENTIAL_SECONDS = 8;
const CUT_SECONDS = 10;
/** A server that is killed and started is there again by then. */
const KILL_SECONDS = 8;
const PICTURE = { audio: true, video: true } as const;
/** By UDP or, where that answers first, by TCP. */
const RELAYED = { local: 'relay', remote: 'relay' };
/** The machine may be busy with much else. */
const TEST_TIMEOUT_MS = 90_000;
/** A device that says nothing is taken out after 30 s, and the server looks each 2 s. */
const LOST_PATIENCE_MS = 45_000;

let coturn: Coturn;
let ahoy: Ahoy;
let line: CuttableProxy;
let browsers: Browsers;
/** Whose other side closes its tab at the beginning; they notice while the rest is told. */
let left: RunningCall;
let strangers: RunningCall;

beforeAll(async () => {
  coturn = await startCoturn();
  const TURN_CREDENTIAL_SECONDS = String(CREDENTIAL_SECONDS);
  ahoy = await startAhoy({ databaseUrl: null, env: { ...coturn.env, TURN_CREDENTIAL_SECONDS } });
  line = await startCuttableProxy(ahoy.url);
  browsers = await openCallBrowser(ahoy.url);
});
afterAll(async () => {
  await browsers?.close();
  await line?.stop();
  await ahoy?.stop();
  await coturn?.stop();
});
tellInChapters(() => browsers);
vi.setConfig({ testTimeout: TEST_TIMEOUT_MS });

const end = ({ caller, callee }: RunningCall) =>
  Promise.all([caller, callee].map(({ context }) => context.close()));

/** The name in the TURN credentials that the page's connection goes by now. */
const credentialOf = ({ page }: Device) =>
  page.evaluate(() => globalThis.callProbe?.peers.at(-1)?.getConfiguration().iceServers?.at(-1)?.username);

test('a page that is loaded anew goes on in its call, and the other side keeps it', async () => {
  left = await callPair(ahoy, browsers);
  const { pair, caller, callee } = left;
  const before = await pair.anna.api.calls.current({});
  await callee.page.reload();
  await picturesFlow(left, 1);
  const after = await pair.anna.api.calls.current({});
  expect(after.calls.map(({ id, phase }) => ({ id, phase }))).toEqual(
    before.calls.map(({ id }) => ({ id, phase: 'active' })),
  );
  await caller.page.reload();
  await picturesFlow(left, 1);
  await callee.page.close();
});

test('a server that is away for 10 s is told, and nothing of the call is missed', async () => {
  const call = await callPair(ahoy, browsers, { origin: line.url });
  const both = [call.caller, call.callee];
  const flows = both.map(({ page }) => flowsFor(page, PICTURE, CUT_SECONDS + 1));
  await line.cut();
  const cutFor = new Promise((resolve) => setTimeout(resolve, CUT_SECONDS * 1_000));
  await Promise.all([cutFor, ...both.map((device) => seeServerLost(device, true))]);
  await line.mend();
  await Promise.all([...flows, ...both.map((device) => seeServerLost(device, false))]);
  await hangUp(call.callee, call.caller);
  await end(call);
});

test('strangers see the address of the relay alone', async () => {
  strangers = await callPair(ahoy, browsers, { areStrangers: true });
  await picturesFlow(strangers, 5);
  for (const device of [strangers.caller, strangers.callee]) {
    expect(await routeOf(device)).toMatchObject(RELAYED);
  }
});

test('a relay that is gone is replaced, with credentials that were renewed meanwhile', async () => {
  const { caller, callee } = strangers;
  const first = await credentialOf(caller);
  const endsAt = Number(first?.split(':')[0]) * 1_000;
  await waitFor('the end of the first credentials', () => Date.now() > endsAt + 1_000);
  await coturn.restart();
  await waitFor('another credential', async () => (await credentialOf(caller)) !== first);
  await picturesFlow(strangers, 3);
  for (const device of [caller, callee]) expect(await routeOf(device)).toMatchObject(RELAYED);
  await hangUp(caller, callee);
  await end(strangers);
});

test('who closes the tab is gone after a while, and the other side is told', async () => {
  await seeEnding(left.caller, left.caller.words.calls.endedLost, LOST_PATIENCE_MS);
  await left.caller.context.close();
});

test('a server that is killed and comes back finds the call going on', async () => {
  const call = await callPair(ahoy, browsers);
  const both = [call.caller, call.callee];
  await ahoy.kill();
  const flows = both.map(({ page }) => flowsFor(page, PICTURE, KILL_SECONDS));
  await Promise.all(both.map((device) => seeServerLost(device, true)));
  await ahoy.start();
  await Promise.all([...flows, ...both.map((device) => seeServerLost(device, false))]);
  await hangUp(call.caller, call.callee);
  await end(call);
});
