import { NOT_SPEAKING, stepSpeaking } from './speaking.ts';

const LISTEN_EVERY_MS = 200;

/** Listens to a level, and tells when someone begins and ends to speak. */
export function watchVoice(options: { readLevel: () => number; onChange: (isSpeaking: boolean) => void }): {
  isSpeaking: () => boolean;
  stop: () => void;
} {
  let state = NOT_SPEAKING;
  const timer = setInterval(() => {
    const before = state.isSpeaking;
    state = stepSpeaking(state, options.readLevel(), performance.now());
    if (state.isSpeaking !== before) options.onChange(state.isSpeaking);
  }, LISTEN_EVERY_MS);
  return { isSpeaking: () => state.isSpeaking, stop: () => clearInterval(timer) };
}
