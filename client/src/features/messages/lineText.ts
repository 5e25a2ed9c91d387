import type { Line } from '@ahoy/shared/domain/project.ts';
import type { TFunction } from 'i18next';
import { callText } from '../../i18n/callText.ts';

/** What a line says, in one line: quoted, read out, named. `now` in milliseconds of the epoch. */
export function lineText(
  t: TFunction,
  line: Pick<Line, 'senderId' | 'text' | 'call' | 'isDeleted'>,
  me: string,
  now: number,
): string {
  if (line.isDeleted) return t('messages.deleted');
  return line.call ? callText(t, line.call, line.senderId === me, now) : line.text;
}
