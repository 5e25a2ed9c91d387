import { parseStartParam } from '@ahoy/shared/domain/startParam.ts';
import type { Launch } from './launch.ts';

/** Where a launch leads. */
export type StartWay = {
  /** A page of ours; null: the app as it stands. */
  path: string | null;
  /** A call that the person has answered by pressing the bot's button. */
  answers: string | null;
};

/** Only the bot's own button answers a call: a link anyone may have written, and it shows what rings. */
export function startWay(start: Launch['start']): StartWay {
  const target = start ? parseStartParam(start.param) : undefined;
  switch (target?.kind) {
    case undefined:
      return { path: null, answers: null };
    case 'chat':
      return { path: `/chats/${target.chatId}`, answers: null };
    case 'room':
      return { path: `/r#${target.token}`, answers: null };
    case 'call':
      return { path: '/calls', answers: start?.isByButton ? target.callId : null };
    default:
      return target satisfies never;
  }
}
