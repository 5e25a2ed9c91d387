import { ownRegistration } from './ownRegistration.ts';

/** Background Synchronization (WICG): Chromium only, and missing in TypeScript's own types. */
type SyncRegistration = ServiceWorkerRegistration & {
  sync?: { register: (tag: string) => Promise<void> };
};

const PREFIX = 'outbox:';

/**
 * Asks the browser to wake the worker for what waits, as soon as there is a network, also when the app is closed by
 * then. Elsewhere nothing happens: the outbox leaves when the app is opened.
 */
export async function requestBackgroundSync(userId: string): Promise<void> {
  const registration = await ownRegistration();
  if (registration) await requestSyncOf(registration, userId);
}

/** The same from within the worker. */
export async function requestSyncOf(registration: SyncRegistration, userId: string): Promise<void> {
  await registration.sync?.register(PREFIX + userId).catch((error: unknown) => {
    // The person, or a private window, has switched it off.
    console.debug('No background sync:', error);
  });
}

/** Whose outbox a sync event is about; null: it is none of ours. */
export function userOfSyncTag(tag: string): string | null {
  return tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : null;
}
