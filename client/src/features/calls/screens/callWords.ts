import type { CallReach } from '@ahoy/shared/domain/call.ts';
import type { TFunction } from 'i18next';
import { errorText } from '../../../i18n/errorText.ts';
import type { CallEnding, CallSnapshot } from '../../../rtc/callSnapshot.ts';

/**
 * What a call that does not run yet is about; null: it runs, and shows its time. `name`: whom it is with; null
 * where there is room for two words only.
 */
export function progressWords(t: TFunction, call: CallSnapshot, name: string | null): string | null {
  switch (call.phase) {
    case 'starting':
      return call.isOutgoing ? t('calls.calling') : t('calls.connecting');
    case 'ringing':
      return call.isOtherBusy ? t('calls.onAnotherCall') : ringingWords(t, call, name);
    case 'connecting':
      return t('calls.connecting');
    case 'active':
    case 'ended':
      return null;
    default:
      return call.phase satisfies never;
  }
}

/** How far the ringing came: an open app, a push service, or nowhere at all. */
function ringingWords(t: TFunction, { call }: CallSnapshot, name: string | null): string {
  const ringing = call?.invitations.filter(({ state }) => state === 'ringing') ?? [];
  const has = (reach: CallReach | undefined) => ringing.some((each) => each.reach === reach);
  if (ringing.length === 0 || has('rings') || has(undefined)) return t('calls.ringing');
  if (has('notified')) return t('calls.notified');
  return name === null ? t('calls.notReached') : t('calls.nobodyTold', { name });
}

/** Why a call is over; `detail` says more where there is more to say. */
export function endingWords(t: TFunction, call: CallSnapshot): { title: string; detail: string | null } {
  const ending = call.ending ?? 'hungUp';
  if (ending === 'failed') {
    return { title: t('calls.endedFailed'), detail: call.failure && errorText(t, call.failure) };
  }
  return { title: endedTitle(t, ending), detail: null };
}

function endedTitle(t: TFunction, ending: Exclude<CallEnding, 'failed'>): string {
  switch (ending) {
    case 'hungUp':
    case 'left':
      return t('calls.endedDone');
    case 'cancelled':
      return t('calls.endedCancelled');
    case 'declined':
      return t('calls.endedDeclined');
    case 'missed':
      return t('calls.endedMissed');
    case 'busy':
      return t('calls.endedBusy');
    case 'elsewhere':
      return t('calls.endedElsewhere');
    case 'lost':
      return t('calls.endedLost');
    case 'removed':
      return t('roomCall.endedRemoved');
    default:
      return ending satisfies never;
  }
}

const OWN_WISH_MS = 1_200;
const NEWS_MS = 3_000;

/** How long the reason stands before the screen leaves by itself; null: until it is closed, since one may want to act. */
export function endingStaysMs(ending: CallEnding): number | null {
  switch (ending) {
    case 'left':
    case 'cancelled':
      return OWN_WISH_MS;
    case 'hungUp':
    case 'elsewhere':
      return NEWS_MS;
    case 'declined':
    case 'missed':
    case 'busy':
    case 'lost':
    case 'removed':
    case 'failed':
      return null;
    default:
      return ending satisfies never;
  }
}
