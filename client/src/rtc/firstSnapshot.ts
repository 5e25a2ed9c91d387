import type { CallBeginning } from './callEngine.ts';
import type { CallSnapshot } from './callSnapshot.ts';

/** A call as it is wished, before the server has heard of it. */
export function firstSnapshot(beginning: CallBeginning): CallSnapshot {
  const isStart = beginning.kind === 'start';
  return {
    callId: isStart ? beginning.id : beginning.call.id,
    chatId: isStart ? beginning.chatId : beginning.call.chatId,
    media: isStart ? beginning.media : beginning.call.media,
    ...{ isOutgoing: isStart, phase: 'starting', call: null, answeredAt: null, ending: null, failure: null },
    ...{ isOtherBusy: false, isPictureHeld: false, isSignalingLost: false, isSpeaking: false, remotes: [] },
  };
}
