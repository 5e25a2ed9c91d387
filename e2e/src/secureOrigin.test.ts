import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPerson } from './harness/apiPerson.ts';
import { watchPages } from './harness/chapters.ts';
import { comeIn, forgetSession, seeChats, seeSignIn } from './harness/identityActs.ts';
import { type Browsers, openBrowser } from './harness/openBrowser.ts';
import { type AhoyTwice, startAhoyTwice } from './harness/startAhoyTwice.ts';

let ahoy: AhoyTwice;
let browsers: Browsers;

beforeAll(async () => {
  ahoy = await startAhoyTwice({ isCaddyShared: true });
  browsers = await openBrowser(ahoy);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});
watchPages(() => browsers);

test('over HTTPS the page is a secure context, and the session is a __Host- cookie that no script reads', async () => {
  const [server] = ahoy.servers;
  const person = await registerPerson(
    { url: server?.address ?? '', letters: ahoy.letters },
    { name: 'Hanna Brygg' },
  );
  const device = await browsers.desktop();
  await comeIn(device, person.email);
  expect(await device.page.evaluate(() => isSecureContext && 'locks' in navigator)).toBe(true);
  expect(await device.page.evaluate(() => document.cookie)).toBe('');
  const cookies = await device.context.cookies();
  expect(
    cookies.map(({ name, secure, httpOnly, sameSite, path }) => ({ name, secure, httpOnly, sameSite, path })),
  ).toEqual([{ name: '__Host-ahoy', secure: true, httpOnly: true, sameSite: 'Strict', path: '/' }]);
  const worker = await device.page.evaluate(
    async () => (await navigator.serviceWorker.ready).active?.scriptURL,
  );
  expect(worker).toMatch(/^https:/);

  // Whichever server answers, the session counts; and when one dies, the other one carries on.
  for (const one of ahoy.servers) {
    device.expectComplaints(/WebSocket connection|status of (401|50\d)/);
    await one.kill();
    await device.page.reload();
    await seeChats(device);
    await one.start();
  }
  await device.context.clearCookies();
  await forgetSession(device);
  await device.page.reload();
  await seeSignIn(device);
});
