import { contract } from 'virtual:contract';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { userOfSyncTag } from '../net/backgroundSync.ts';
import { openSessionChannel } from '../net/sessionChannel.ts';
import { handOver, keepSession } from '../net/sessionHandOver.ts';
import { listenToPushes } from './push/listenToPushes.ts';
import { sendOutbox } from './sendOutbox.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Pages that the server itself answers. */
const SERVERS_OWN = [/^\/api(\/|$)/, /^\/socket\.io\//, /^\/metrics$/];

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVERS_OWN }));

// The page that installed us is ours from now on: offline it finds its screens here, also before the first reload.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A new version waits until the person agrees: it never takes a page away from under a draft or a call.
self.addEventListener('message', (event) => {
  const data: unknown = event.data;
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING') {
    void self.skipWaiting();
  }
});

/** Background Synchronization (WICG), missing in TypeScript's own types. */
type SyncEvent = ExtendableEvent & { readonly tag: string };

const sessions = keepSession(openSessionChannel(), Date.now);
handOver(sessions);
const host = { contract, baseUrl: self.location.origin, ...sessions };

self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as SyncEvent;
  const userId = userOfSyncTag(tag);
  if (userId === null) return;
  waitUntil.call(event, sendOutbox({ ...host, userId }));
});

listenToPushes(self, host);
