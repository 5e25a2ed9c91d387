import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import type { TFunction } from 'i18next';
import { type CallStanding, callStandingOf } from '../offline/callStanding.ts';

/** A call in one line, where a message's text would stand. `now` in milliseconds of the epoch. */
export function callText(t: TFunction, call: CallSummary, isOutgoing: boolean, now: number): string {
  const standing = callStandingOf(call, isOutgoing, now);
  if (standing === 'missed')
    return t(call.media === 'video' ? 'callList.missedVideo' : 'callList.missedAudio');
  const title = t(`callList.${call.media}`);
  const said = standingText(t, call, standing);
  return said === null ? title : t('callList.line', { call: title, standing: said });
}

/** The same where calls stand among calls: its direction instead of what it is, which an icon shows. */
export function callRowText(t: TFunction, call: CallSummary, isOutgoing: boolean, now: number): string {
  const standing = callStandingOf(call, isOutgoing, now);
  if (standing === 'missed') return callText(t, call, isOutgoing, now);
  const title = t(isOutgoing ? 'callList.outgoing' : 'callList.incoming');
  const said = standingText(t, call, standing);
  return said === null ? title : t('callList.line', { call: title, standing: said });
}

/** How it went, or goes; null: that is not known. */
export function standingText(t: TFunction, call: CallSummary, standing: CallStanding): string | null {
  if (standing === 'unknown') return null;
  return standing === 'answered' ? durationText(t, call.durationSeconds ?? 0) : t(`callList.${standing}`);
}

/** `48 s`, `12 min`, `1 h 5 min`: rounded down, as running timers are. */
export function durationText(t: TFunction, seconds: number): string {
  if (seconds < 60) return t('callList.seconds', { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('callList.minutes', { minutes });
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? t('callList.hours', { hours }) : t('callList.hoursMinutes', { hours, minutes: rest });
}
