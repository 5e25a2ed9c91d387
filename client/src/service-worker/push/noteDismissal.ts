import type { NoticeData } from '../../net/noticeData.ts';
import type { DismissedCalls } from './dismissedCalls.ts';
import type { PushParts } from './receivePush.ts';

type Parts = {
  registration: Pick<PushParts['registration'], 'getNotifications'>;
  dismissed: Pick<DismissedCalls, 'note'>;
};

/** Who swipes a ring away has heard of the call. Some browsers also say so of a notification that another one replaces. */
export async function noteDismissal(
  { registration, dismissed }: Parts,
  { tag, data }: { tag: string; data: NoticeData | null },
): Promise<void> {
  if (data?.kind !== 'call') return;
  if ((await registration.getNotifications({ tag })).length > 0) return;
  await dismissed.note(data.callId);
}
