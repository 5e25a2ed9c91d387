import { isTemporary } from '../../../net/failure.ts';
import type { CallRefusal } from '../../../rtc/callSnapshot.ts';

/** What a person can do about a call that was refused. */
export type RefusalAct = 'switch' | 'write' | 'retry' | 'callBack' | 'continueHere' | 'none';

export type RefusalWords = {
  title: `callSheets.${
    | 'switchTitle'
    | 'notTaken'
    | 'needsNetwork'
    | 'tooOften'
    | 'overTitle'
    | 'elsewhereTitle'
    | 'fullTitle'
    | 'joinRefused'
    | 'refusedTitle'}`;
  /** null: the failure's own words. */
  hint:
    | `callSheets.${
        | 'switchCall'
        | 'switchAnswer'
        | 'switchJoin'
        | 'fullHint'
        | 'notTakenHint'
        | 'needsNetworkHint'
        | 'overHint'
        | 'elsewhereHint'}`
    | null;
  act: RefusalAct;
};

const SWITCH = {
  start: 'callSheets.switchCall',
  answer: 'callSheets.switchAnswer',
  enter: 'callSheets.switchJoin',
} as const;

/** What was refused, and what next. */
export function refusalWords({ failure, wish }: CallRefusal): RefusalWords {
  switch (failure.code) {
    case 'CALL_BUSY':
      return { title: 'callSheets.switchTitle', hint: SWITCH[wish.kind], act: 'switch' };
    case 'CALL_FULL':
      return {
        title: 'callSheets.fullTitle',
        hint: failure.limit === undefined ? null : 'callSheets.fullHint',
        act: 'retry',
      };
    case 'FORBIDDEN':
      // Nobody is called who could have chosen not to be: the room is not theirs any more.
      if (wish.kind === 'enter') return { title: 'callSheets.joinRefused', hint: null, act: 'none' };
      return { title: 'callSheets.notTaken', hint: 'callSheets.notTakenHint', act: 'write' };
    case 'NETWORK':
      return { title: 'callSheets.needsNetwork', hint: 'callSheets.needsNetworkHint', act: 'retry' };
    case 'TOO_MANY_REQUESTS':
      return { title: 'callSheets.tooOften', hint: null, act: 'retry' };
    case 'CALL_ENDED':
      return { title: 'callSheets.overTitle', hint: 'callSheets.overHint', act: 'callBack' };
    case 'CALL_ELSEWHERE':
      return { title: 'callSheets.elsewhereTitle', hint: 'callSheets.elsewhereHint', act: 'continueHere' };
    default:
      return {
        title: wish.kind === 'enter' ? 'callSheets.joinRefused' : 'callSheets.refusedTitle',
        hint: null,
        act: isTemporary(failure.code) ? 'retry' : 'none',
      };
  }
}
