import { beforeEach, expect, test, vi } from 'vitest';
import { NO_TRACKS } from '../slots.ts';
import { createPeerSlots } from './peerSlots.ts';

beforeEach(() => {
  vi.stubGlobal('RTCRtpReceiver', {});
});

/** A sender as browsers have it: what replaces its track waits for whatever the connection does meanwhile. */
function busyConnection() {
  const waiting: (() => void)[] = [];
  const senders: { track: unknown }[] = [];
  const connection = {
    addTransceiver() {
      const sender = {
        track: null as unknown,
        replaceTrack: (track: unknown) =>
          new Promise<void>((done) => {
            waiting.push(() => {
              sender.track = track;
              done();
            });
          }),
      };
      senders.push(sender);
      return { sender, receiver: { track: { kind: 'video' } }, setCodecPreferences: () => undefined };
    },
  };
  return {
    connection: connection as unknown as RTCPeerConnection,
    senders,
    goOn: () => {
      for (const step of waiting.splice(0)) step();
    },
  };
}

test('a picture that is wanted, not wanted and wanted again while the connection is busy is sent in the end', () => {
  const { connection, senders, goOn } = busyConnection();
  const slots = createPeerSlots(connection);
  const camera = { kind: 'video' } as MediaStreamTrack;
  slots.create();
  slots.send({ ...NO_TRACKS, camera });
  goOn();
  slots.send(NO_TRACKS);
  slots.send({ ...NO_TRACKS, camera });
  goOn();
  expect(senders.map(({ track }) => track)).toContain(camera);
});

test('what is sent already is not said again', () => {
  const { connection, senders, goOn } = busyConnection();
  const slots = createPeerSlots(connection);
  const camera = { kind: 'video' } as MediaStreamTrack;
  slots.create();
  slots.send({ ...NO_TRACKS, camera });
  slots.send({ ...NO_TRACKS, camera });
  goOn();
  expect(senders.filter(({ track }) => track === camera)).toHaveLength(1);
});
