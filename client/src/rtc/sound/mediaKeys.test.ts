import { expect, test, vi } from 'vitest';
import { type CallMediaSession, createMediaKeys } from './mediaKeys.ts';

function createMetadata(title: string): MediaMetadata {
  return { title, artist: '', album: '', artwork: [] };
}

class FakeSession implements CallMediaSession {
  metadata: MediaMetadata | null = null;
  readonly handlers = new Map<string, (() => void) | null>();
  readonly unknown: string[];
  isMicrophoneActive: boolean | null = null;

  constructor(unknown: string[] = []) {
    this.unknown = unknown;
  }

  setActionHandler(action: string, handler: (() => void) | null): void {
    if (this.unknown.includes(action)) throw new TypeError(action);
    this.handlers.set(action, handler);
  }

  async setMicrophoneActive(isActive: boolean): Promise<void> {
    this.isMicrophoneActive = isActive;
    throw new DOMException('', 'NotAllowedError');
  }
}

test('the keys act, the name is shown, and all is given back at the end', () => {
  const session = new FakeSession(['togglecamera']);
  const keys = createMediaKeys({ mediaSession: session, createMetadata });
  const actions = { hangUp: vi.fn(), toggleMicrophone: vi.fn(), toggleCamera: vi.fn() };
  keys.take(actions);
  keys.show({ name: 'Mira', isMicrophoneOn: true, isCameraOn: false });
  session.handlers.get('hangup')?.();
  session.handlers.get('togglemicrophone')?.();
  expect(actions.hangUp).toHaveBeenCalledOnce();
  expect(actions.toggleMicrophone).toHaveBeenCalledOnce();
  expect(session).toMatchObject({ metadata: { title: 'Mira' }, isMicrophoneActive: true });
  keys.release();
  expect(session).toMatchObject({ metadata: null, isMicrophoneActive: false });
  expect([...session.handlers.values()]).toEqual([null, null]);
});

test('a browser without a media session is no error', () => {
  const keys = createMediaKeys({ mediaSession: undefined, createMetadata });
  keys.take({ hangUp: vi.fn(), toggleMicrophone: vi.fn(), toggleCamera: vi.fn() });
  keys.show({ name: 'Mira', isMicrophoneOn: true, isCameraOn: true });
  keys.release();
});
