import { expect, onTestFinished, test, vi } from 'vitest';
import { createLocalMedia } from './createLocalMedia.ts';
import { FakeDevices } from './test/fakeDevices.ts';

const HEADSET = { kind: 'audioinput', deviceId: 'headset' } as const;
const BUILT_IN = { kind: 'audioinput', deviceId: 'built-in' } as const;
const FRONT = { kind: 'videoinput', deviceId: 'front', facing: 'user' } as const;
const BACK = { kind: 'videoinput', deviceId: 'back', facing: 'environment' } as const;
const SPEAKER = { kind: 'audiooutput', deviceId: 'loud' } as const;
const BOTH = { microphone: true, camera: true };

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function setUp(
  devices = new FakeDevices([HEADSET, BUILT_IN, FRONT, BACK, SPEAKER]),
  { isTouch = false, isSecure = true, keepsCameraOpen = false, kept = new Map<string, string>() } = {},
) {
  const page = new FakePage();
  const metered: MediaStreamTrack[] = [];
  const media = createLocalMedia({
    mediaDevices: isSecure ? devices : undefined,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
    page,
    hasSinkId: true,
    isTouch,
    keepsCameraOpen,
    openMeter(track) {
      metered.push(track);
      return { read: () => 0.5, close: () => void metered.splice(metered.indexOf(track), 1) };
    },
  });
  return { media, page, devices, kept, metered, state: () => media.store.getState() };
}

/** Lets everything that waits for answers go on. */
async function settle(devices: FakeDevices): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    for (const asked of devices.held.splice(0)) asked.answer();
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('microphone and camera are asked for in one question, with clean sound and a picture of 720 lines', async () => {
  const devices = new FakeDevices([HEADSET, FRONT, SPEAKER]);
  const { media, state } = setUp(devices);
  await media.open(BOTH);
  await settle(devices);
  expect(devices.asked).toEqual([
    {
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
        facingMode: { ideal: 'user' },
      },
    },
  ]);
  expect(state()).toMatchObject({
    isMicrophoneOn: true,
    isCameraOn: true,
    microphoneId: 'headset',
    cameraId: 'front',
    facing: 'user',
    microphones: [{ id: 'headset', label: 'the headset' }],
    speakers: [{ id: 'loud', label: 'the loud' }],
    canChooseSpeaker: true,
    canFlipCamera: false,
    problems: { microphone: null, camera: null },
  });
  expect(state().tracks.camera?.contentHint).toBe('motion');
});

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['InvalidStateError', 'failed'],
])('a camera refused with %s is %s and does not cost the microphone', async (name, problem) => {
  const devices = new FakeDevices([HEADSET, FRONT]);
  devices.refusals = { video: name };
  const { media, state } = setUp(devices);
  await media.open(BOTH);
  expect(state()).toMatchObject({ isMicrophoneOn: true, isCameraOn: false });
  expect(state().problems).toEqual({ microphone: null, camera: problem, screen: null });
  expect(devices.mostAtOnce, 'two questions would cover each other').toBe(1);
});

test('without a secure page both are unsupported, and nothing rejects', async () => {
  const { media, state } = setUp(undefined, { isSecure: false });
  await media.open(BOTH);
  await media.setScreen(true);
  expect(state().problems).toEqual({
    microphone: 'unsupported',
    camera: 'unsupported',
    screen: 'unsupported',
  });
  expect(state().canShareScreen).toBe(false);
});

test('a camera switched on, off and on again while it opens ends on, with one track', async () => {
  const { media, devices, state } = setUp();
  devices.isHoldingBack = true;
  const wishes = [media.setCamera(true), media.setCamera(false), media.setCamera(true)];
  await settle(devices);
  await Promise.all(wishes);
  expect(state().isCameraOn).toBe(true);
  expect(devices.live()).toHaveLength(1);
});

test('a camera switched on and off while it opens ends off, and its light goes out', async () => {
  const { media, devices, state } = setUp();
  devices.isHoldingBack = true;
  const wishes = [media.setCamera(true), media.setCamera(false)];
  await settle(devices);
  await Promise.all(wishes);
  expect(state().isCameraOn).toBe(false);
  expect(devices.live()).toEqual([]);
});

test('what comes after close is stopped, and a refusal after close asks nothing more', async () => {
  const { media, devices, state } = setUp();
  devices.isHoldingBack = true;
  const opening = media.open(BOTH);
  media.close();
  await settle(devices);
  await opening;
  expect(devices.tracks).toHaveLength(2);
  expect(devices.live()).toEqual([]);

  devices.refusals = { video: 'NotAllowedError' };
  const again = media.open(BOTH);
  media.close();
  await settle(devices);
  await again;
  expect(devices.asked).toHaveLength(2);
  expect(state().problems.camera).toBeNull();

  devices.refusals = {};
  const microphone = media.setMicrophone(true);
  await settle(devices);
  await microphone;
  const both = media.open(BOTH);
  media.close();
  await settle(devices);
  await both;
  expect(devices.live(), 'with the microphone open before').toEqual([]);
});

test('opened again while the first question still stands, it is not asked twice', async () => {
  const { media, devices, state } = setUp();
  devices.isHoldingBack = true;
  const first = media.open(BOTH);
  media.close();
  const second = media.open(BOTH);
  await settle(devices);
  await Promise.all([first, second]);
  expect(devices.asked).toHaveLength(1);
  expect(state()).toMatchObject({ isMicrophoneOn: true, isCameraOn: true });
});

test('a microphone that is off keeps its track, disabled, also when it was switched off before it came', async () => {
  const { media, devices, state } = setUp();
  devices.isHoldingBack = true;
  const opening = media.open({ microphone: true, camera: false });
  await media.setMicrophone(false);
  await settle(devices);
  await opening;
  expect(state().tracks.microphone?.enabled).toBe(false);
  expect(state().isMicrophoneOn).toBe(false);
  await media.open({ microphone: true, camera: false });
  expect(state().isMicrophoneOn, 'opening for the call does not unmute').toBe(false);
  await media.setMicrophone(true);
  expect(state().isMicrophoneOn).toBe(true);
  expect(devices.asked).toHaveLength(1);
});

test('another microphone is there before the old one is stopped, stays as muted, and is remembered', async () => {
  const { media, devices, kept, state } = setUp();
  await media.open({ microphone: true, camera: false });
  await media.setMicrophone(false);
  devices.isHoldingBack = true;
  const choosing = media.chooseMicrophone('built-in');
  expect(state().microphoneId).toBe('headset');
  await settle(devices);
  await choosing;
  expect(state()).toMatchObject({ microphoneId: 'built-in', isMicrophoneOn: false });
  expect(devices.live()).toHaveLength(1);

  const later = setUp(new FakeDevices([HEADSET, BUILT_IN]), { kept });
  await later.media.open({ microphone: true, camera: false });
  expect(later.state().microphoneId).toBe('built-in');
  const without = setUp(new FakeDevices([HEADSET]), { kept });
  await without.media.open({ microphone: true, camera: false });
  expect(without.state().microphoneId, 'an unplugged one falls back').toBe('headset');
});

test('of two choices in a row the last one holds, also when it is the one in use', async () => {
  const { media, devices, state } = setUp();
  await media.open({ microphone: true, camera: false });
  devices.isHoldingBack = true;
  const wishes = [media.chooseMicrophone('built-in'), media.chooseMicrophone('headset')];
  await settle(devices);
  await Promise.all(wishes);
  expect(state().microphoneId).toBe('headset');
  expect(devices.live()).toHaveLength(1);
});

test('where only one camera can be open, the old one is stopped first', async () => {
  const devices = new FakeDevices([FRONT, BACK]);
  devices.hasOneCameraOnly = true;
  const { media, state } = setUp(devices, { isTouch: true });
  await media.setCamera(true);
  expect(state()).toMatchObject({ facing: 'user', canFlipCamera: true });
  await media.flipCamera();
  expect(state()).toMatchObject({ facing: 'environment', isCameraOn: true });
  expect(devices.live()).toHaveLength(1);
  media.close();
  await media.setCamera(true);
  media.close();
  await media.open({ microphone: false, camera: true });
  expect(state().facing, 'a new call begins with the front').toBe('user');
});

test('a camera that cannot be had leaves the one in use on', async () => {
  const { media, devices, state } = setUp();
  await media.setCamera(true);
  devices.refusals = { video: 'NotAllowedError' };
  await media.chooseCamera('back');
  expect(state()).toMatchObject({ cameraId: 'front', isCameraOn: true, problems: { camera: null } });
});

test('an unplugged microphone is replaced by another; without another it comes back when plugged in', async () => {
  const { media, devices, state } = setUp();
  await media.open({ microphone: true, camera: false });
  devices.unplug('headset');
  await settle(devices);
  expect(state()).toMatchObject({ microphoneId: 'built-in', isMicrophoneOn: true });
  expect(state().microphones).toHaveLength(1);
  devices.unplug('built-in');
  await settle(devices);
  expect(state()).toMatchObject({ isMicrophoneOn: false, isInterrupted: false });
  expect(state().problems.microphone).toBe('missing');
  devices.plugIn(HEADSET);
  await settle(devices);
  expect(state()).toMatchObject({ microphoneId: 'headset', isMicrophoneOn: true });
  expect(state().problems.microphone).toBeNull();
});

test('an unplugged camera does not come on by itself later, but it is missing no longer', async () => {
  const devices = new FakeDevices([FRONT]);
  const { media, state } = setUp(devices);
  await media.setCamera(true);
  devices.unplug('front');
  await settle(devices);
  expect(state().problems.camera).toBe('missing');
  devices.plugIn(FRONT);
  await settle(devices);
  expect(state()).toMatchObject({ isCameraOn: false, problems: { camera: null } });
});

test('a device that ends again and again is given up', async () => {
  const { media, devices, state } = setUp();
  await media.setCamera(true);
  for (let turn = 0; turn < 20; turn += 1) {
    for (const track of devices.live()) track.end();
    await settle(devices);
  }
  expect(devices.asked.length).toBeLessThan(10);
  expect(state().problems.camera).toBe('failed');
});

test('a phone call mutes for a while; a track that the system ended comes back when the page is seen again', async () => {
  const { media, page, devices, state } = setUp();
  await media.open({ microphone: true, camera: false });
  devices.live()[0]?.setMuted(true);
  expect(state().isInterrupted).toBe(true);
  devices.live()[0]?.setMuted(false);
  expect(state().isInterrupted).toBe(false);

  page.show('hidden');
  devices.live()[0]?.end();
  await settle(devices);
  expect(state()).toMatchObject({ isInterrupted: true, isMicrophoneOn: false });
  expect(devices.asked).toHaveLength(1);
  devices.refusals = { audio: 'NotReadableError' };
  page.show('visible');
  await settle(devices);
  expect(state()).toMatchObject({ isInterrupted: true, problems: { microphone: 'busy' } });
  devices.refusals = {};
  page.show('visible');
  await settle(devices);
  expect(state()).toMatchObject({ isInterrupted: false, isMicrophoneOn: true });
});

test('a microphone that stays silent after the page is back is exchanged, once another is to be had', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { media, page, devices, state } = setUp();
  await media.open({ microphone: true, camera: false });
  const [silent] = devices.live();
  silent?.setMuted(true);
  const comeBack = async () => {
    page.show('hidden');
    page.show('visible');
    await vi.advanceTimersByTimeAsync(2_000);
    await settle(devices);
  };
  devices.refusals = { audio: 'NotReadableError' };
  await comeBack();
  expect(state().tracks.microphone).toBe(silent);
  devices.refusals = {};
  await comeBack();
  expect(state()).toMatchObject({ isInterrupted: false, isMicrophoneOn: true });
  expect(devices.live()).toEqual([state().tracks.microphone]);
  await comeBack();
  expect(devices.asked, 'one that is heard is left alone').toHaveLength(3);
});

test('after close nothing listens: plugs and looks open nothing', async () => {
  const { media, page, devices } = setUp();
  await media.open(BOTH);
  media.close();
  devices.unplug('headset');
  page.show('visible');
  await settle(devices);
  expect(devices.asked).toHaveLength(1);
});

test('a screen comes with its sound, and ends by the browser’s own button', async () => {
  const { media, devices, state } = setUp();
  await media.setScreen(true);
  expect(state()).toMatchObject({ isScreenOn: true, canShareScreen: true });
  expect(state().tracks.screen?.contentHint).toBe('detail');
  expect(state().tracks.screenSound).not.toBeNull();
  devices.live()[0]?.end();
  expect(state()).toMatchObject({ isScreenOn: false, tracks: { screen: null, screenSound: null } });
  expect(devices.live()).toEqual([]);
});

test('who closes the screen picker has no problem; a picker answered too late shares nothing', async () => {
  const { media, devices, state } = setUp();
  devices.refusals = { screen: 'NotAllowedError' };
  await media.setScreen(true);
  expect(state()).toMatchObject({ isScreenOn: false, problems: { screen: null } });
  devices.refusals = {};
  devices.isHoldingBack = true;
  const sharing = media.setScreen(true);
  media.close();
  await settle(devices);
  await sharing;
  expect(devices.tracks).toHaveLength(2);
  expect(devices.live()).toEqual([]);
});

test('the level is read from the microphone in use, and from none that is off', async () => {
  const { media, metered, state } = setUp();
  expect(media.readLevel()).toBe(0);
  await media.open({ microphone: true, camera: false });
  expect(media.readLevel()).toBe(0.5);
  await media.chooseMicrophone('built-in');
  expect(metered).toEqual([]);
  media.readLevel();
  expect(metered).toEqual([state().tracks.microphone]);
  await media.setMicrophone(false);
  expect(media.readLevel()).toBe(0);
  media.close();
  expect(metered).toEqual([]);
});

test('what has not changed keeps its identity, and a speaker is chosen only while it is there', async () => {
  const { media, devices, state } = setUp();
  await media.open(BOTH);
  await settle(devices);
  const before = state();
  await media.chooseSpeaker('loud');
  expect(state().speakerId).toBe('loud');
  expect(state().tracks).toBe(before.tracks);
  devices.unplug('loud');
  await settle(devices);
  expect(state()).toMatchObject({ speakerId: null, canChooseSpeaker: false });
});

test('where every question is put anew, a camera that is switched off is kept, sends nothing, and is not asked for again', async () => {
  const { media, devices, state } = setUp(undefined, { keepsCameraOpen: true });
  await media.open(BOTH);
  await media.setCamera(false);
  expect(state()).toMatchObject({ isCameraOn: false, tracks: { camera: null } });
  expect(devices.live(), 'the light stays on').toHaveLength(2);
  expect(devices.tracks.map((track) => track.enabled)).toContain(false);
  await media.setCamera(true);
  expect(state()).toMatchObject({ isCameraOn: true, tracks: { camera: { enabled: true } } });
  expect(devices.asked).toHaveLength(1);
  await media.setCamera(false);
  media.close();
  expect(devices.live()).toEqual([]);
  await media.open(BOTH);
  expect(state().isCameraOn).toBe(true);
});
