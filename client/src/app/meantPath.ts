import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { Calls } from '../rtc/callSnapshot.ts';

/** What a path that acts by itself asks for; only a click on a notification may (`net/intents.ts`). */
export type Meant =
  | { kind: 'answer'; callId: string; chatId: string; media: CallMedia }
  | { kind: 'callBack'; chatId: string; media: CallMedia };

/** null: a page like any other. */
export function parseMeant(path: string): Meant | null {
  const { pathname, searchParams } = new URL(path, 'https://ahoy.invalid');
  const [, act, id = '', ...rest] = pathname.split('/');
  if (id === '' || rest.length > 0) return null;
  const media = searchParams.get('media') === 'video' ? 'video' : 'audio';
  const chatId = searchParams.get('chat');
  if (act === 'answer' && chatId) return { kind: 'answer', callId: id, chatId, media };
  return act === 'call-back' ? { kind: 'callBack', chatId: id, media } : null;
}

/** As on the screen of a call that rings, the camera stays off until it is switched on. */
export function perform(calls: Calls, meant: Meant): Promise<void> {
  const { chatId, media } = meant;
  if (meant.kind === 'callBack') return calls.start({ chatId, media });
  return calls.answerKnown({ id: meant.callId, chatId, media, phase: 'ringing' }, { isWithCamera: false });
}
