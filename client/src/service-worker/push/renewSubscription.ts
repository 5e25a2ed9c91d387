import { PUSH_LOCK, withLock } from '../../net/locks.ts';
import { createWorkerApi, type WorkerApiOptions } from '../workerApi.ts';

type Change = { oldSubscription: PushSubscription | null; newSubscription: PushSubscription | null };

/**
 * The browser has exchanged or dropped the subscription: the server is told of the new one, made with the same key. What
 * fails here is found by the next page, which compares.
 */
export async function renewSubscription(
  parts: Omit<WorkerApiOptions, 'userId'> & { registration: Pick<ServiceWorkerRegistration, 'pushManager'> },
  { oldSubscription, newSubscription }: Change,
): Promise<void> {
  const { pushManager } = parts.registration;
  const { api } = createWorkerApi({ ...parts, userId: null }, () => undefined);

  async function subscribe(): Promise<PushSubscription | null> {
    const applicationServerKey =
      oldSubscription?.options.applicationServerKey ?? (await api.notifications.device({})).publicKey;
    if (!applicationServerKey) return null;
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  }

  try {
    await withLock(PUSH_LOCK, async () => {
      const held = newSubscription ?? (await pushManager.getSubscription()) ?? (await subscribe());
      const { p256dh, auth } = held?.toJSON().keys ?? {};
      if (held && p256dh && auth)
        await api.notifications.subscribe({ endpoint: held.endpoint, p256dh, auth });
    });
  } catch (error) {
    console.debug('The subscription could not be renewed:', error);
  }
}
