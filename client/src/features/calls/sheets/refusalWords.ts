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
    | 'refusedTitle'}`;
  /** null: the failure's own words. */
  hint:
    | `callSheets.${
        | 'switchCall'
        | 'switchAnswer'
        | 'notTakenHint'
        | 'needsNetworkHint'
        | 'overHint'
        | 'elsewhereHint'}`
    | null;
  act: RefusalAct;
};

/** What was refused, and what next. */
export function refusalWords({ failure, wish }: CallRefusal): RefusalWords {
  const isAnswer = wish.kind === 'answer';
  switch (failure.code) {
    case 'CALL_BUSY': {
      const hint = isAnswer ? 'callSheets.switchAnswer' : 'callSheets.switchCall';
      return { title: 'callSheets.switchTitle', hint, act: 'switch' };
    }
    case 'FORBIDDEN':
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
        title: 'callSheets.refusedTitle',
        hint: null,
        act: isTemporary(failure.code) ? 'retry' : 'none',
      };
  }
}
