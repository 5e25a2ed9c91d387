import type { RemoteMedia } from '../callSnapshot.ts';
import type { PeerReport } from '../quality/rateLink.ts';
import type { SlotTracks } from '../slots.ts';
import { createCandidateBatch } from './candidateBatch.ts';
import { dropStrayFeedback } from './codecs.ts';
import { type LinkMessage, parseLinkMessage, type Wants } from './linkMessages.ts';
import type { LinkSignal } from './linkSignal.ts';
import { createLinkTrust } from './linkTrust.ts';
import { createPeerSlots, type PeerSlots } from './peerSlots.ts';

export type LinkState = {
  connection: 'connecting' | 'connected' | 'reconnecting';
  /** The other device has closed it: it begins anew, or has left. */
  isGone: boolean;
  tracks: SlotTracks;
  media: RemoteMedia | null;
  report: PeerReport | null;
  /** Pictures that are looked at there. */
  wants: Wants;
  emoji: readonly string[] | null;
};

export type PeerLinkOptions = {
  /** Names this peer connection in signals. */
  id: string;
  callId: string;
  /** Made by who offered first; the other is the polite one, who gives way when both offer. */
  isOfferer: boolean;
  connection: RTCPeerConnection;
  send: (signal: LinkSignal) => void;
  onChange: () => void;
  onReaction: (emoji: string) => void;
};

export type PeerLink = {
  id: string;
  isOfferer: boolean;
  connection: RTCPeerConnection;
  slots: PeerSlots;
  state: () => LinkState;
  /** Whether the other side has ever answered or offered. */
  hasHeard: () => boolean;
  hear: (signal: LinkSignal) => Promise<void>;
  tell: (message: LinkMessage) => void;
  /** Said once, and only if it can be said now. */
  say: (message: LinkMessage) => void;
  /** Looks for another way, or repeats what was not answered. */
  restart: () => void;
  close: () => void;
};

/** One peer connection to one device, negotiated perfectly (W3C WebRTC 1.0, section 10.7) over signals that may be lost. */
export function createPeerLink(options: PeerLinkOptions): PeerLink {
  const { connection, isOfferer, onChange } = options;
  const slots = createPeerSlots(connection);
  const trust = createLinkTrust(options.callId, onChange);
  const channel = connection.createDataChannel('state', { negotiated: true, id: 0 });
  const candidates = createCandidateBatch((batch) => send({ candidates: batch }));
  let told: LinkMessage = {};
  let media: RemoteMedia | null = null;
  let report: PeerReport | null = null;
  let wants: Wants = { camera: true, screen: true };
  let isMakingOffer = false;
  let isSettingAnswer = false;
  let wasConnected = false;
  let isGone = false;
  let isClosed = false;
  let turn: Promise<void> = Promise.resolve();

  const send = (signal: Omit<LinkSignal, 'link'>) => options.send({ ...signal, link: options.id });

  async function offer(): Promise<void> {
    if (isClosed || !slots.areReady()) return;
    try {
      isMakingOffer = true;
      candidates.hold();
      await connection.setLocalDescription();
      const { localDescription } = connection;
      if (localDescription?.type !== 'offer' || isClosed) return;
      const commitment = isOfferer ? await trust.commit(localDescription.sdp) : undefined;
      send({
        description: { type: 'offer', sdp: dropStrayFeedback(localDescription.sdp) },
        ...(commitment !== undefined && { commitment }),
      });
    } finally {
      isMakingOffer = false;
      candidates.release();
    }
  }

  async function take(signal: LinkSignal): Promise<void> {
    if (signal.description) await describe(signal.description, signal);
    for (const candidate of signal.candidates ?? []) {
      // Those of an offer that was not taken, or was overtaken, have no place: others come with the next one.
      await connection.addIceCandidate(candidate).catch(() => undefined);
    }
  }

  async function describe(
    description: NonNullable<LinkSignal['description']>,
    { commitment, nonce }: LinkSignal,
  ): Promise<void> {
    const isReady = !isMakingOffer && (connection.signalingState === 'stable' || isSettingAnswer);
    if (isOfferer && description.type === 'offer' && !isReady) return;
    // An answer to what was answered already, when an offer was repeated.
    if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
    isSettingAnswer = description.type === 'answer';
    try {
      await connection.setRemoteDescription(description);
    } finally {
      isSettingAnswer = false;
    }
    trust.check(description.sdp);
    if (description.type === 'offer') {
      if (!slots.areReady()) slots.adopt();
      candidates.hold();
      await connection.setLocalDescription();
      const answer = connection.localDescription;
      if (!isOfferer) trust.hearOffer(commitment, description.sdp);
      if (answer) send({ description: { type: 'answer', sdp: answer.sdp }, nonce: trust.nonce });
      candidates.release();
    } else if (nonce !== undefined) {
      trust.hearAnswer(nonce, description.sdp);
      reveal();
    }
    onChange();
  }

  function reveal(): void {
    const nonce = isOfferer ? trust.reveal() : null;
    if (nonce !== null) say({ reveal: nonce });
  }

  function say(message: LinkMessage): void {
    if (channel.readyState === 'open') channel.send(JSON.stringify(message));
  }

  function hearMessage(event: MessageEvent<unknown>): void {
    const message = parseLinkMessage(event.data);
    if (message.media) media = message.media;
    if (message.report) report = message.report;
    if (message.wants) wants = message.wants;
    if (message.reaction !== undefined) options.onReaction(message.reaction);
    if (message.reveal !== undefined && !isOfferer)
      void trust.hearReveal(message.reveal, connection.localDescription?.sdp ?? '');
    onChange();
  }

  channel.addEventListener('open', () => {
    say(told);
    reveal();
    onChange();
  });
  channel.addEventListener('message', hearMessage);
  channel.addEventListener('close', () => {
    isGone = true;
    if (!isClosed) onChange();
  });
  connection.addEventListener('icecandidate', ({ candidate }) => candidate && candidates.add(candidate));
  connection.addEventListener('negotiationneeded', () => void offer().catch(ignoreClosed));
  connection.addEventListener('connectionstatechange', () => {
    wasConnected ||= connection.connectionState === 'connected';
    if (!isClosed) onChange();
  });
  if (isOfferer) slots.create();

  function ignoreClosed(error: unknown): void {
    if (!isClosed) throw error;
  }

  return {
    id: options.id,
    isOfferer,
    connection,
    slots,
    state: () => ({
      connection:
        connection.connectionState === 'connected' && !isGone
          ? 'connected'
          : wasConnected
            ? 'reconnecting'
            : 'connecting',
      ...{ isGone, media, report, wants },
      tracks: slots.received(),
      emoji: trust.emoji(),
    }),
    hasHeard: () => connection.remoteDescription !== null,
    hear(signal) {
      // In the order of coming: a candidate waits for its description. What cannot be read changes nothing.
      turn = turn.then(() => take(signal)).catch(() => undefined);
      return turn;
    },
    tell(message) {
      const next = { ...told, ...message };
      // Each word makes the other side look anew: what it knows is not said again.
      if (JSON.stringify(next) === JSON.stringify(told)) return;
      told = next;
      say(message);
    },
    say,
    restart() {
      if (isClosed) return;
      const { localDescription, signalingState } = connection;
      if (signalingState === 'have-local-offer' && localDescription)
        void offerAgain(localDescription.sdp).catch(ignoreClosed);
      else if (slots.areReady()) connection.restartIce();
    },
    close() {
      isClosed = true;
      candidates.close();
      channel.close();
      connection.close();
    },
  };

  /** The offer, or its answer, was lost. */
  async function offerAgain(sdp: string): Promise<void> {
    const commitment = isOfferer ? await trust.commit(sdp) : undefined;
    send({ description: { type: 'offer', sdp }, ...(commitment !== undefined && { commitment }) });
  }
}
