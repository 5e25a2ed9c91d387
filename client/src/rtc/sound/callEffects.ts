import type { ReadonlyStore } from '../../readonlyStore.ts';
import type { CallSession, CallsState } from '../callSnapshot.ts';
import { QUIET, sceneOf, soundsOf } from './callScene.ts';
import type { MediaKeys } from './mediaKeys.ts';
import type { Loop } from './motifs.ts';
import type { Ringer } from './ringer.ts';
import type { RingTurn } from './ringTurn.ts';
import type { ScreenLock } from './wakeLock.ts';

/** After these a browser lets a page be heard; a finger that comes down is not enough. */
const TOUCHES = ['pointerup', 'click', 'keydown'] as const;

export type CallEffectsParts = {
  ringer: Ringer;
  ringTurn: RingTurn;
  wakeLock: ScreenLock;
  mediaKeys: MediaKeys;
  /** What a chat is called here, for the system's controls; null: unknown. */
  nameOf: (chatId: string) => Promise<string | null>;
  page: {
    addEventListener: (
      type: (typeof TOUCHES)[number],
      listener: () => void,
      options: { signal: AbortSignal; capture: boolean },
    ) => void;
  };
};

/** Lets calls be heard and keeps the device awake, until the returned function is called. */
export function followCall(calls: ReadonlyStore<CallsState>, parts: CallEffectsParts): () => void {
  const { ringer, wakeLock, mediaKeys } = parts;
  const ending = new AbortController();
  let scene = QUIET;
  let endTurn: (() => void) | null = null;
  let followed: { session: CallSession; unfollow: () => void } | null = null;
  let active: { session: CallSession; name: string | null } | null = null;

  function update(): void {
    const state = calls.getState();
    follow(state.session);
    const next = sceneOf(state);
    const { loop, tones, isInCall } = soundsOf(scene, next);
    scene = next;
    sound(loop);
    for (const tone of tones) ringer.say(tone);
    occupy(isInCall ? state.session : null);
    showKeys();
  }

  function follow(session: CallSession | null): void {
    if (followed?.session === session) return;
    followed?.unfollow();
    followed = null;
    if (session === null) return;
    const unfollow = [session.store.subscribe(update), session.media.store.subscribe(showKeys)];
    followed = { session, unfollow: () => unfollow.forEach((each) => void each()) };
  }

  function sound(loop: Loop | null): void {
    if (loop === 'ring') {
      endTurn ??= parts.ringTurn.take(ringer.ring);
      return;
    }
    endTurn?.();
    endTurn = null;
    if (loop === 'ringBack') ringer.ringBack();
    else ringer.stop();
  }

  /** The screen's light and the keys belong to the call that runs. */
  function occupy(session: CallSession | null): void {
    if ((active?.session ?? null) === session) return;
    active = session && { session, name: null };
    if (session === null) {
      wakeLock.release();
      mediaKeys.release();
      return;
    }
    wakeLock.hold();
    mediaKeys.take({
      hangUp: () => void session.hangUp(),
      toggleMicrophone: () =>
        void session.media.setMicrophone(!session.media.store.getState().isMicrophoneOn),
      toggleCamera: () => void session.media.setCamera(!session.media.store.getState().isCameraOn),
    });
    void findName(session);
  }

  async function findName(session: CallSession): Promise<void> {
    const name = await parts.nameOf(session.store.getState().chatId).catch(() => null);
    if (active?.session !== session) return;
    active = { session, name };
    showKeys();
  }

  function showKeys(): void {
    if (active === null) return;
    const { isMicrophoneOn, isCameraOn, speakerId } = active.session.media.store.getState();
    ringer.setSpeaker(speakerId);
    mediaKeys.show({ name: active.name, isMicrophoneOn, isCameraOn });
  }

  const listening = { signal: ending.signal, capture: true };
  for (const touch of TOUCHES) parts.page.addEventListener(touch, ringer.unlock, listening);
  const unsubscribe = calls.subscribe(update);
  update();
  return () => {
    ending.abort();
    unsubscribe();
    follow(null);
    sound(null);
    occupy(null);
    ringer.close();
  };
}
