import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { CallSession, CallSnapshot, CallsState } from '../callSnapshot.ts';
import { NO_MEDIA } from '../media/describeMedia.ts';
import type { LocalMedia, LocalMediaState } from '../media/localMedia.ts';
import { followCall } from './callEffects.ts';
import type { KeyActions } from './mediaKeys.ts';

const nothing = async () => undefined;

function fakeSession(snapshot: Partial<CallSnapshot>) {
  const store = createStore<CallSnapshot>(() => ({
    callId: 'call',
    chatId: 'chat',
    kind: 'direct',
    media: 'audio',
    isOutgoing: true,
    phase: 'starting',
    call: null,
    answeredAt: null,
    ending: null,
    failure: null,
    isOtherBusy: false,
    isPictureHeld: false,
    isSignalingLost: false,
    isSpeaking: false,
    isHandRaised: false,
    reactions: [],
    mutedBy: null,
    areScreensTaken: false,
    remotes: [],
    ...snapshot,
  }));
  const mediaStore = createStore<LocalMediaState>(() => ({ ...NO_MEDIA, isMicrophoneOn: true }));
  const media: LocalMedia = {
    store: mediaStore,
    open: nothing,
    setMicrophone: async (isOn) => mediaStore.setState({ isMicrophoneOn: isOn }),
    setCamera: nothing,
    setScreen: nothing,
    chooseMicrophone: nothing,
    chooseCamera: nothing,
    chooseSpeaker: async (speakerId) => mediaStore.setState({ speakerId }),
    flipCamera: nothing,
    readLevel: () => 0,
    close: () => undefined,
  };
  const session: CallSession = {
    store,
    media,
    hangUp: async () => store.setState({ phase: 'ended', ending: 'hungUp' }),
    setVolume: () => undefined,
    setHandRaised: () => undefined,
    react: () => undefined,
    setSeen: () => undefined,
  };
  return { session, store };
}

const CALL: Call = {
  id: 'other',
  chatId: 'chat',
  version: 1,
  media: 'audio',
  phase: 'ringing',
  outcome: null,
  startedBy: 'mira',
  startedAt: '2026-11-21T12:00:00.000Z',
  answeredAt: null,
  endedAt: null,
  ringsForSeconds: 60,
  invitations: [],
  participants: [],
};

function setUp() {
  const did: string[] = [];
  const calls = createStore<CallsState>(() => ({
    ...{ ringing: [], elsewhere: null, session: null, isMinimised: false, refusal: null },
  }));
  const page = new EventTarget();
  let keys: KeyActions | null = null;
  const say = (word: string) => () => void did.push(word);
  const stop = followCall(calls, {
    ringer: {
      ring: say('ring'),
      ringBack: say('ringBack'),
      say: (tone) => void did.push(tone),
      stop: say('silence'),
      unlock: say('unlock'),
      setSpeaker: (id) => void (id !== null && did.push(`at ${id}`)),
      close: say('close'),
    },
    ringTurn: {
      take(act) {
        act();
        return say('turn ends');
      },
    },
    wakeLock: { hold: say('awake'), release: say('asleep') },
    mediaKeys: {
      take(actions) {
        keys = actions;
      },
      show: ({ name, isMicrophoneOn }) => void did.push(`${name} ${isMicrophoneOn ? 'on' : 'off'}`),
      release: say('keys released'),
    },
    nameOf: async () => 'Mira',
    page,
  });
  /** What happened since the last look, without repetitions. */
  const happened = () => did.splice(0).filter((word, at, all) => word !== all[at - 1]);
  happened();
  return { calls, page, stop, happened, keys: () => keys };
}

test('an incoming call rings once, and the page’s touch is passed on', () => {
  const { calls, page, happened } = setUp();
  calls.setState({ ringing: [{ call: CALL, ringsUntil: 1 }] });
  calls.setState({ elsewhere: CALL });
  page.dispatchEvent(new Event('pointerup'));
  expect(happened()).toEqual(['ring', 'unlock']);
  calls.setState({ ringing: [] });
  expect(happened()).toEqual(['turn ends', 'silence']);
});

test('a call out is followed from its first ring to its end, by its own changes', async () => {
  const { calls, happened, keys } = setUp();
  const { session, store } = fakeSession({ phase: 'starting' });
  calls.setState({ session });
  await Promise.resolve();
  await Promise.resolve();
  expect(happened()).toEqual(['silence', 'awake', 'null on', 'Mira on']);
  store.setState({ phase: 'ringing' });
  expect(happened()).toEqual(['ringBack', 'Mira on']);
  store.setState({ phase: 'active' });
  expect(happened()).toEqual(['silence', 'connected', 'Mira on']);
  keys()?.toggleMicrophone();
  expect(happened()).toEqual(['Mira off']);
  await session.media.chooseSpeaker('loud');
  expect(happened()).toEqual(['at loud', 'Mira off']);
  keys()?.hangUp();
  expect(happened()).toEqual(['silence', 'ended', 'asleep', 'keys released']);
  calls.setState({ session: null });
  store.setState({ phase: 'active' });
  expect(happened(), 'a session that is forgotten is not followed').toEqual(['silence']);
});

test('stopped in a call, it gives everything back', () => {
  const { calls, page, stop, happened } = setUp();
  const { session, store } = fakeSession({ phase: 'active' });
  calls.setState({ session });
  happened();
  stop();
  expect(happened()).toEqual(['silence', 'asleep', 'keys released', 'close']);
  store.setState({ phase: 'ended' });
  page.dispatchEvent(new Event('keydown'));
  expect(happened()).toEqual([]);
});
