/**
 * What `/sw.js` is when the operator has switched the worker off: it takes the place of the installed one at once,
 * clears what that had cached and removes itself. Pages that are open go on, without being reloaded.
 */
export const NO_WORKER = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}
`;
