import type { Call, CallSummary } from '@ahoy/shared/protocol/calls.ts';
import type { TFunction } from 'i18next';
import { durationText } from '../../../i18n/callText.ts';
import type { DateWords } from '../../../i18n/dates.ts';

type Past = Pick<Call, 'media' | 'outcome' | 'startedAt' | 'endedAt'> & {
  answeredAt?: Call['answeredAt'];
  durationSeconds?: CallSummary['durationSeconds'];
};

const OUTCOMES = {
  answered: 'callSheets.outcomeAnswered',
  declined: 'callSheets.outcomeDeclined',
  missed: 'callSheets.outcomeMissed',
  cancelled: 'callSheets.outcomeCancelled',
  busy: 'callSheets.outcomeBusy',
} as const;

/** Kind, outcome, time and length of a call, as far as they are known; `isOutgoing` null: not known. */
export function detailRows(
  t: TFunction,
  words: DateWords,
  { call, isOutgoing }: { call: Past | undefined; isOutgoing: boolean | null },
): { label: string; value: string }[] {
  if (!call) return [];
  const kind = call.media === 'video' ? t('callSheets.kindVideo') : t('callSheets.kindAudio');
  const direction = isOutgoing ? t('callSheets.outgoing') : t('callSheets.incoming');
  const seconds = lengthOf(call);
  const rows = [
    { label: t('callSheets.kind'), value: isOutgoing === null ? kind : `${kind}, ${direction}` },
    {
      label: t('callSheets.outcome'),
      value: call.endedAt && call.outcome ? t(OUTCOMES[call.outcome]) : t('callSheets.outcomeGoesOn'),
    },
    { label: t('callSheets.started'), value: words.full(new Date(call.startedAt)) },
  ];
  if (seconds === null) return rows;
  return [...rows, { label: t('callSheets.duration'), value: durationText(t, seconds) }];
}

/** Whole seconds from the answer to the end; null: not answered, or not over. */
function lengthOf({ answeredAt, endedAt, durationSeconds }: Past): number | null {
  if (durationSeconds !== undefined) return durationSeconds;
  if (!answeredAt || !endedAt) return null;
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000));
}
