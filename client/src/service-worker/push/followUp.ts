import { callTag } from '@ahoy/shared/domain/noticeText.ts';
import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type {
  CallNotice,
  CallOverNotice,
  MessageNotice,
  PushPayload,
} from '@ahoy/shared/protocol/notifications.ts';
import type { Api } from '../../net/api.ts';
import { catchUp } from '../../net/catchUp.ts';
import { ALL_SOUNDS } from '../../net/soundSettings.ts';
import type { Copy } from '../../offline/copy.ts';
import { ringsAt } from '../../rtc/ownCalls.ts';
import { createWorkerApi } from '../workerApi.ts';
import { noticePhoto } from './noticePhoto.ts';
import type { PushParts } from './receivePush.ts';
import type { Recipient } from './recipient.ts';
import { planNotice } from './showNotice.ts';

/** What is to be done once a push is shown; rejects where there is no network. */
export async function followUp(
  parts: PushParts,
  payload: PushPayload,
  { copy, language }: Recipient,
): Promise<void> {
  const { notice, userId } = payload;
  const { api } = createWorkerApi({ ...parts, userId }, () => undefined);
  switch (notice.kind) {
    case 'message':
      if (copy) await hold(copy, api, notice);
      return;
    case 'call': {
      const over = await overNotice(api, notice, userId);
      // Who has answered or closed it here needs no word of that.
      const isShown = (await parts.registration.getNotifications({ tag: callTag(notice.callId) })).length > 0;
      if (!over || !isShown) return;
      const isDismissed = await parts.dismissed.has(notice.callId).catch(() => false);
      const sounds = await parts.sounds().catch(() => ALL_SOUNDS);
      const photo = await noticePhoto(copy, over);
      const wish = { language, shown: [], origin: parts.baseUrl, isDismissed, sounds, photo };
      const { title, options } = planNotice({ ...payload, notice: over }, wish);
      return parts.registration.showNotification(title, options);
    }
    case 'callOver':
    case 'knock':
      return;
    case 'test':
      await api.notifications.confirmTest({ id: notice.testId });
      return;
    default:
      return notice satisfies never;
  }
}

/** The message is there when the app is opened without a network, and its sender learns that it has come. */
async function hold(copy: Copy, api: Api, { messageId, chatId, seq }: MessageNotice): Promise<void> {
  const isHeld = () => copy.read(async (tx) => (await tx.message(messageId)) !== undefined);
  if (await isHeld()) return;
  await catchUp(
    {
      ...{ api, copy, wish: { isAskedAgain: false } },
      isWanted: () => true,
      onWritten: () => undefined,
    },
    new Set(),
  );
  if (await isHeld()) await api.messages.delivered({ chats: [{ chatId, seq }] });
}

/** A push may have waited: null while the call still rings, else what became of it. */
async function overNotice(api: Api, notice: CallNotice, userId: string): Promise<CallOverNotice | null> {
  const { call } = await api.calls.details({ id: notice.callId });
  if (ringsAt(call, userId)) return null;
  const { ringsUntil: _, ...parts } = notice;
  return { ...parts, kind: 'callOver', how: howItEnded(call, userId) };
}

function howItEnded(call: Call, userId: string): CallOverNotice['how'] {
  const own = call.invitations.find((each) => each.userId === userId);
  if (own?.state === 'joined') return 'answeredElsewhere';
  return own?.state === 'declined' ? 'declinedElsewhere' : 'missed';
}
