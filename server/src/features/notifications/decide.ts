import { isQuiet } from '@ahoy/shared/domain/quietHours.ts';
import type { CallOverNotice, NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';

/** Times are milliseconds of the epoch, by the server's clock. */
export type DeviceState = {
  /** Until then it counts as looked at, unless it says otherwise; null: it has said that nobody looks. */
  lookedAtUntil: number | null;
};

export type PersonState = {
  settings: NotificationSettings;
  /** Of the chat in question. */
  mutedUntil: number | null;
  readSeq: number;
};

export type MessageDecision =
  | { isPushed: false; why: 'looksAtIt' | 'read' | 'muted' | 'off' | 'told' }
  | { isPushed: true; isSilent: boolean; hasText: boolean };

/**
 * Whether one device is told of a message. `firstLookAt` is set in the second look, a while later: it is for devices that
 * were looked at the first time and then fell silent without a word, as suspended ones do. All others have been told.
 */
export function decideMessage(
  message: { device: DeviceState; person: PersonState; seq: number; firstLookAt: number | null },
  now: number,
): MessageDecision {
  const { device, person, seq, firstLookAt } = message;
  const { settings } = person;
  if (!settings.messages) return { isPushed: false, why: 'off' };
  if (person.readSeq >= seq) return { isPushed: false, why: 'read' };
  if (person.mutedUntil !== null && person.mutedUntil > now) return { isPushed: false, why: 'muted' };
  if (isLookedAt(device, now)) return { isPushed: false, why: 'looksAtIt' };
  if (firstLookAt !== null && !isLookedAt(device, firstLookAt)) return { isPushed: false, why: 'told' };
  return { isPushed: true, isSilent: isQuiet(settings.quiet, now), hasText: settings.hasPreview };
}

/** Whether one device is told that a call rings. Quiet hours and muted chats hold back messages only. */
export function decideCall(
  { device, settings }: { device: DeviceState; settings: NotificationSettings },
  now: number,
): boolean {
  return settings.calls && !isLookedAt(device, now);
}

/**
 * What one device is told when a call rings no more at its person, or null. `isRung`: it was told of the ring, so that
 * something of it may still be on its screen. `isOwn`: it was this device that answered or declined.
 */
export function decideCallOver(
  call: {
    state: 'joined' | 'declined' | 'missed' | 'withdrawn';
    isRung: boolean;
    isOwn: boolean;
    device: DeviceState;
    settings: NotificationSettings;
  },
  now: number,
): CallOverNotice['how'] | null {
  const { state, isRung, device, settings } = call;
  if (call.isOwn) return null;
  if (state === 'joined') return isRung ? 'answeredElsewhere' : null;
  if (state === 'declined') return isRung ? 'declinedElsewhere' : null;
  if (isRung) return 'missed';
  // Who wants to hear of no calls may still want to know of those missed.
  return settings.missedCalls && !isLookedAt(device, now) ? 'missed' : null;
}

export function isLookedAt({ lookedAtUntil }: DeviceState, now: number): boolean {
  return lookedAtUntil !== null && lookedAtUntil > now;
}
