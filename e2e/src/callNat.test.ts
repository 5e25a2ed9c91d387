import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { callPair, hangUp, picturesFlow, type RunningCall, routeOf } from './harness/callRecoveryActs.ts';
import { missingForNamespaces } from './harness/namespaces.ts';
import { type NatScene, startNatScene } from './harness/natScene.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';
import { waitFor } from './harness/waitFor.ts';

/** Media is missed for a while before another way is looked for. */
const RESTART_PATIENCE_MS = 25_000;

const missing = missingForNamespaces();
let ahoy: Ahoy;
let scene: NatScene;
let call: RunningCall;

beforeAll(async () => {
  if (missing) return;
  scene = await startNatScene(async (env) => {
    ahoy = await startAhoy({ databaseUrl: null, env });
    return ahoy.url;
  });
});
afterAll(async () => {
  await scene?.stop();
  await ahoy?.stop();
});

vi.setConfig({ testTimeout: 90_000 });

const openCall = () => {
  const [{ browsers }, { browsers: calleeBrowsers }] = scene.houses;
  return callPair(ahoy, browsers, { calleeBrowsers, origin: scene.url });
};
const setUdp = (isAllowed: boolean) => Promise.all(scene.houses.map((house) => house.setUdp(isAllowed)));

test.skipIf(missing)(
  inCase('behind two routers that hide addresses a call goes over the relay'),
  async () => {
    call = await openCall();
    await picturesFlow(call, 5);
    // The other end of the way is a router's port that nobody knew before.
    const ends = [await routeOf(call.caller), await routeOf(call.callee)];
    expect(ends.some(({ local }) => local === 'relay')).toBe(true);
  },
);

test.skipIf(missing)(inCase('UDP that is blocked in the middle of a call is replaced by TCP'), async () => {
  const [house] = scene.houses;
  await house.setUdp(false);
  await waitFor('a relay by TCP', async () => (await routeOf(call.caller)).by === 'tcp', RESTART_PATIENCE_MS);
  await picturesFlow(call, 3);
  await house.setUdp(true);
  await hangUp(call.caller, call.callee);
});

test.skipIf(missing)(inCase('where both networks block UDP, a call goes over TCP'), async () => {
  await setUdp(false);
  const blocked = await openCall();
  await picturesFlow(blocked, 5);
  for (const device of [blocked.caller, blocked.callee])
    expect(await routeOf(device)).toMatchObject({ local: 'relay', by: 'tcp' });
  await hangUp(blocked.callee, blocked.caller);
});

function inCase(title: string): string {
  return missing ? `${title} (${missing})` : title;
}
