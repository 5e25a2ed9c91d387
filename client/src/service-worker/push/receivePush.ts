import type { Notice, PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { preferredLanguage } from '../../i18n/language.ts';
import { setBadge } from '../../net/badge.ts';
import { type Shown, toNoticeData } from '../../net/noticeData.ts';
import { ALL_SOUNDS, type SoundSettings } from '../../net/soundSettings.ts';
import type { WorkerApiOptions } from '../workerApi.ts';
import type { DismissedCalls } from './dismissedCalls.ts';
import { followUp } from './followUp.ts';
import { noticePhoto } from './noticePhoto.ts';
import { parsePush } from './parsePush.ts';
import { type Recipient, recognise } from './recipient.ts';
import { type NoticePlan, planNeutral, planNotice } from './showNotice.ts';

export type PushParts = Omit<WorkerApiOptions, 'userId'> & {
  registration: Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;
  navigator: Pick<Navigator, 'languages'>;
  dismissed: Pick<DismissedCalls, 'has'>;
  /** What makes itself heard on this device. */
  sounds: () => Promise<SoundSettings>;
};

/** A browser shows a notice of its own where none of ours came in time. */
const RECOGNISE_WITHIN_MS = 5_000;

/** Shows each push, and then puts what it tells of into the device's copy. Never rejects. */
export function createPushReceiver(parts: PushParts): (json: unknown) => Promise<void> {
  /** One after another: a notification grows out of the one before. */
  let turn: Promise<unknown> = Promise.resolve();

  async function show(payload: PushPayload | null): Promise<Recipient | null> {
    const { registration, navigator } = parts;
    const recipient = payload && (await recipientOf(payload.userId));
    if (!payload || !recipient) {
      const language = preferredLanguage(navigator.languages);
      await showPlan(registration, planNeutral({ language, origin: parts.baseUrl }));
      return null;
    }
    const shown = await readShown(registration);
    const { language } = recipient;
    const isDismissed = await isDismissedCall(parts, payload.notice);
    const sounds = await parts.sounds().catch(() => ALL_SOUNDS);
    const photo = await noticePhoto(recipient.copy, payload.notice);
    const wish = { language, shown, origin: parts.baseUrl, isDismissed, sounds, photo };
    const plan = planNotice(payload, wish);
    await showPlan(registration, plan);
    await setBadge(payload.unread);
    return recipient;
  }

  function recipientOf(userId: string): Promise<Recipient | null> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), RECOGNISE_WITHIN_MS));
    const found = recognise(parts, userId, parts.navigator.languages).catch((error: unknown) => {
      console.debug('It is not known who is signed in:', error);
      return null;
    });
    return Promise.race([found, late]);
  }

  return async (json) => {
    const payload = parsePush(json);
    const showing = turn.then(() => show(payload));
    turn = showing.catch(() => undefined);
    const recipient = await showing.catch((error: unknown) => {
      console.error('The push could not be shown:', error);
      return null;
    });
    if (!payload || !recipient) return;
    try {
      await followUp(parts, payload, recipient);
    } catch (error) {
      // Without a network the app catches up when it is opened.
      console.debug('Nothing followed the push:', error);
    } finally {
      recipient.copy?.close();
    }
  };
}

/** Unknown is no: a call must not be hushed by a store that fails. */
async function isDismissedCall({ dismissed }: PushParts, notice: Notice): Promise<boolean> {
  if (notice.kind !== 'call' && notice.kind !== 'callOver') return false;
  return dismissed.has(notice.callId).catch(() => false);
}

async function showPlan(
  registration: PushParts['registration'],
  { title, options, closes }: NoticePlan,
): Promise<void> {
  await registration.showNotification(title, options);
  if (closes.length === 0) return;
  for (const shown of await registration.getNotifications()) if (closes.includes(shown.tag)) shown.close();
}

async function readShown(registration: PushParts['registration']): Promise<Shown[]> {
  return (await registration.getNotifications()).flatMap(({ tag, data }) => {
    const known = toNoticeData(data);
    return known ? [{ tag, data: known }] : [];
  });
}
