import type { TFunction } from 'i18next';
import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { calls as en } from '../../../i18n/en/calls.ts';
import { roomCall } from '../../../i18n/en/roomCall.ts';
import type { CallSnapshot, RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { LocalMediaState } from '../../../rtc/media/localMedia.ts';
import type { LinkQuality } from '../../../rtc/quality/linkQuality.ts';
import { NO_TRACKS } from '../../../rtc/slots.ts';
import { noticesOf } from './notices.ts';

const i18n = createInstance();
let t: TFunction;
beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: { en: { translation: { calls: en, roomCall } } } });
  t = i18n.t;
});

const remote: RemoteSnapshot = {
  ...{ participantId: 'p1', userId: 'marta', connection: 'connected', tracks: NO_TRACKS },
  media: {
    ...{ isMicrophoneOn: true, isCameraOn: true, isScreenOn: false },
    ...{ isInBackground: false, isPictureHeld: false, isHandRaised: false },
  },
  ...{ joinedAt: 0, isSpeaking: false, volume: 1, quality: null, emoji: null },
};
const call: CallSnapshot = {
  ...{ callId: 'c', chatId: 'chat', media: 'video', isOutgoing: true, phase: 'active', call: null },
  ...{ answeredAt: 0, ending: null, failure: null, isOtherBusy: false, isPictureHeld: false },
  ...{ kind: 'direct', isHandRaised: false, reactions: [], mutedBy: null, areScreensTaken: false },
  ...{ isSignalingLost: false, isSpeaking: false, remotes: [remote] },
};
const media: LocalMediaState = {
  ...{ tracks: NO_TRACKS, isMicrophoneOn: true, isCameraOn: false, isScreenOn: false },
  problems: { microphone: null, camera: null, screen: null },
  ...{ microphones: [], cameras: [], speakers: [], microphoneId: null, cameraId: null, speakerId: null },
  ...{
    facing: null,
    canFlipCamera: false,
    canShareScreen: true,
    canChooseSpeaker: true,
    isInterrupted: false,
  },
};

function weak(sufferer: LinkQuality['sufferer']): LinkQuality {
  const none = { roundTripMs: null, jitterMs: null, lossShare: null, sentLossShare: null };
  const rates = { receivedKbps: null, sentKbps: null, availableKbps: null };
  const frames = { frameWidth: null, frameHeight: null, framesPerSecond: null };
  const way = { limitation: null, isRelayed: null, protocol: null, hasArrived: true };
  return { bars: 1, sufferer, cause: 'loss', stats: { ...none, ...rates, ...frames, ...way } };
}
const say = (changed: Partial<CallSnapshot>, own: Partial<LocalMediaState> = {}) =>
  noticesOf(t, { ...call, ...changed }, { ...media, ...own }, () => 'Marta').map(({ text }) => text);

describe('what hinders a call', () => {
  it('says nothing while all is well', () => {
    expect(say({})).toEqual([]);
  });

  it('says whose network is weak', () => {
    expect(say({ remotes: [{ ...remote, quality: weak('me') }] })).toEqual(['Your network is weak']);
    expect(say({ remotes: [{ ...remote, quality: weak('them') }] })).toEqual(['Marta’s network is weak']);
  });

  it('says why a picture is off, and not beside it that the network is weak', () => {
    const held = { ...remote, quality: weak('me') };
    expect(say({ isPictureHeld: true, remotes: [held] })).toEqual([
      'Your camera is off until the network is better',
    ]);
  });

  it('tells a lost link first, and no more than two things at once', () => {
    const gone: RemoteSnapshot = { ...remote, connection: 'reconnecting' };
    const problems = { ...media.problems, microphone: 'denied' as const };
    expect(say({ remotes: [gone], isSignalingLost: true }, { problems })).toEqual([
      'Reconnecting…',
      'No microphone: you can only listen',
    ]);
  });

  it('says nothing about others before the call runs', () => {
    const silent = {
      ...remote,
      media: { ...remote.media, isMicrophoneOn: false } as RemoteSnapshot['media'],
    };
    expect(say({ remotes: [silent] })).toEqual(['Marta’s microphone is off']);
    expect(say({ remotes: [silent], phase: 'connecting' })).toEqual([]);
  });

  it('tells in a room only of oneself, and of who turned off the microphone', () => {
    const muted = { ...remote, media: { ...remote.media, isMicrophoneOn: false } as RemoteSnapshot['media'] };
    const room: CallSnapshot = { ...call, kind: 'room', remotes: [muted], mutedBy: 'host' };
    const notices = noticesOf(t, room, media, () => 'Noor');
    expect(notices.map(({ text }) => text)).toEqual(['Noor turned off your microphone']);
  });
});
