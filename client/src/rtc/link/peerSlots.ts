import { KIND_OF, NO_TRACKS, SLOTS, type Slot, type SlotTracks } from '../slots.ts';
import { preferCodecs } from './codecs.ts';

/** The four transceivers of a link: there from the first description on, so that nothing is negotiated later. */
export type PeerSlots = {
  /** Who makes the first offer brings the transceivers; the other takes them from it. */
  create: () => void;
  adopt: () => void;
  areReady: () => boolean;
  send: (tracks: SlotTracks) => void;
  senderOf: (slot: Slot) => RTCRtpSender | null;
  receiverOf: (slot: Slot) => RTCRtpReceiver | null;
  received: () => SlotTracks;
};

export function createPeerSlots(connection: RTCPeerConnection): PeerSlots {
  let transceivers: Partial<Record<Slot, RTCRtpTransceiver>> = {};
  let received: SlotTracks = NO_TRACKS;
  let wanted: SlotTracks = NO_TRACKS;
  /** What each sender was told last: what it says itself is behind while the connection is busy. */
  let asked: Partial<SlotTracks> = {};

  function assign(found: Partial<Record<Slot, RTCRtpTransceiver>>): void {
    transceivers = found;
    asked = {};
    const tracks = SLOTS.map((slot) => [slot, found[slot]?.receiver.track ?? null] as const);
    received = { ...NO_TRACKS, ...Object.fromEntries(tracks) };
    fill();
  }

  function fill(): void {
    for (const slot of SLOTS) {
      const sender = transceivers[slot]?.sender;
      const track = wanted[slot];
      const before = asked[slot];
      if (!sender || (before === undefined ? sender.track : before) === track) continue;
      asked = { ...asked, [slot]: track };
      // Rejected only when the connection was closed meanwhile: then there is nothing to send.
      sender.replaceTrack(track).catch(() => undefined);
    }
  }

  return {
    create() {
      const made = SLOTS.map((slot) => {
        const transceiver = connection.addTransceiver(KIND_OF[slot], { direction: 'sendrecv' });
        preferCodecs(transceiver, KIND_OF[slot]);
        return [slot, transceiver] as const;
      });
      assign(Object.fromEntries(made));
    },
    adopt() {
      const offered = connection.getTransceivers();
      const ofKind = {
        audio: offered.filter(({ receiver }) => receiver.track.kind === 'audio'),
        video: offered.filter(({ receiver }) => receiver.track.kind === 'video'),
      };
      const found: Partial<Record<Slot, RTCRtpTransceiver>> = {};
      for (const slot of SLOTS) {
        const transceiver = ofKind[KIND_OF[slot]].shift();
        if (!transceiver) continue;
        transceiver.direction = 'sendrecv';
        found[slot] = transceiver;
      }
      assign(found);
    },
    areReady: () => transceivers.microphone !== undefined,
    send(tracks) {
      wanted = tracks;
      fill();
    },
    senderOf: (slot) => transceivers[slot]?.sender ?? null,
    receiverOf: (slot) => transceivers[slot]?.receiver ?? null,
    received: () => received,
  };
}
