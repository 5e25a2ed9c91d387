import { requestSyncOf } from '../../net/backgroundSync.ts';
import { toNoticeData } from '../../net/noticeData.ts';
import { readSharedSounds } from '../../net/soundSettings.ts';
import type { WorkerApiOptions } from '../workerApi.ts';
import { actOnClick } from './actOnClick.ts';
import { planClick } from './clickNotice.ts';
import { createDismissedCalls } from './dismissedCalls.ts';
import { noteDismissal } from './noteDismissal.ts';
import { createPushReceiver } from './receivePush.ts';
import { renewSubscription } from './renewSubscription.ts';

/** Declarative Web Push: the notification that the browser would show by itself. */
type DeclarativeEvent = PushEvent & { readonly notification?: Notification | null };
/** What was written into a notification: Chromium only. */
type ReplyEvent = NotificationEvent & { readonly reply?: string | null };
/** Missing in TypeScript's own types. */
type ChangeEvent = ExtendableEvent & {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
};

/** Ties what the browser tells of pushes and notifications to what is done about them. */
export function listenToPushes(self: ServiceWorkerGlobalScope, host: Omit<WorkerApiOptions, 'userId'>): void {
  const { registration, navigator, clients, caches } = self;
  const dismissed = createDismissedCalls(caches, Date.now);
  const receive = createPushReceiver({
    ...{ ...host, registration, navigator, dismissed },
    sounds: () => readSharedSounds(caches),
  });

  self.addEventListener('push', (event) => {
    const { data, notification }: DeclarativeEvent = event;
    event.waitUntil(receive(data ? toJson(data) : notification?.data));
  });

  self.addEventListener('notificationclick', (event) => {
    const { notification, action, reply }: ReplyEvent = event;
    notification.close();
    const act = planClick({ action, reply: reply ?? null, data: toNoticeData(notification.data) });
    const requestSync = (userId: string) => requestSyncOf(registration, userId);
    event.waitUntil(
      actOnClick({ ...host, registration, clients, caches, now: Date.now, requestSync }, act).catch(
        (error: unknown) => console.error('The click could not be followed:', error),
      ),
    );
  });

  self.addEventListener('notificationclose', (event) => {
    const closed = { tag: event.notification.tag, data: toNoticeData(event.notification.data) };
    event.waitUntil(
      noteDismissal({ registration, dismissed }, closed).catch((error: unknown) =>
        console.debug('It was not noted that the call was put away:', error),
      ),
    );
  });

  self.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription, newSubscription } = event as ChangeEvent;
    const change = { oldSubscription: oldSubscription ?? null, newSubscription: newSubscription ?? null };
    (event as ChangeEvent).waitUntil(renewSubscription({ ...host, registration }, change));
  });
}

function toJson(data: PushMessageData): unknown {
  try {
    return data.json();
  } catch {
    return null;
  }
}
