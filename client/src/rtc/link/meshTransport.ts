import { createStore } from 'zustand/vanilla';
import type { RemoteMedia } from '../callSnapshot.ts';
import { bestRung, type PictureKind } from '../quality/pictureLadder.ts';
import type { QualitySummary } from '../quality/summarizeQuality.ts';
import { NO_TRACKS, type SlotTracks } from '../slots.ts';
import { type CareState, careFor } from './linkCare.ts';
import { createLinkMonitor, type LinkMonitor } from './linkMonitor.ts';
import { type LinkSignal, parseLinkSignal } from './linkSignal.ts';
import { createPeerLink, type PeerLink } from './peerLink.ts';
import type { IceSettings, Peer, Transport, TransportState } from './transport.ts';

export type MeshOptions = {
  callId: string;
  /** This device; of two first offers at once, that of the higher id counts. */
  participantId: string;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** One for all links of a call, so that making it costs no time later. */
  certificate: RTCCertificate | null;
  ice: IceSettings;
  send: (to: string, payload: string) => void;
  onReaction: (participantId: string, emoji: string) => void;
  summary: QualitySummary;
  createId: () => string;
  /** Milliseconds. */
  now: () => number;
};

type Held = {
  peer: Peer;
  link: PeerLink | null;
  monitor: LinkMonitor | null;
  care: CareState;
  volume: number;
  joinedAt: number;
  /** It is out of the call: kept until its person's other device is connected, so that there is no hole. */
  leavingAt: number | null;
};

const CARE_PERIOD_MS = 250;
/** Who is new in a call makes the offer; where none comes, we do. */
const OFFER_WAIT_MS = 3_000;
const HANDOVER_MS = 8_000;
/** Signals may come before the word that their sender is in the call. */
const EARLY_SIGNALS = 40;

/** Every device directly to every other (mesh). */
export function createMeshTransport(options: MeshOptions): Transport {
  const { now } = options;
  const store = createStore<TransportState>(() => ({ remotes: [], isPictureHeld: false }));
  const held = new Map<string, Held>();
  const early: { from: string; signal: LinkSignal }[] = [];
  let ice = options.ice;
  let tracks: SlotTracks = NO_TRACKS;
  let media: Omit<RemoteMedia, 'isPictureHeld'> = {
    ...{ isMicrophoneOn: false, isCameraOn: false, isScreenOn: false, isInBackground: false },
    isHandRaised: false,
  };
  let seen: Record<PictureKind, readonly string[] | null> = { camera: null, screen: null };
  let isClosed = false;
  const drained = Promise.withResolvers<void>();
  const careTimer = setInterval(tend, CARE_PERIOD_MS);

  function configuration(): RTCConfiguration {
    return {
      iceServers: ice.iceServers,
      iceTransportPolicy: ice.isRelayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      ...(options.certificate && { certificates: [options.certificate] }),
    };
  }

  function open(each: Held, id: string, isOfferer: boolean): PeerLink {
    shut(each);
    const to = each.peer.participantId;
    const link = createPeerLink({
      ...{ id, isOfferer, callId: options.callId, connection: options.createConnection(configuration()) },
      send: (signal) => each.link?.id === id && options.send(to, JSON.stringify(signal)),
      onChange: () => each.link?.id === id && changed(each),
      onReaction: (emoji) => each.link?.id === id && options.onReaction(to, emoji),
    });
    each.link = link;
    each.monitor = createLinkMonitor({
      ...{ link, now, summary: options.summary, onChange: () => changed(each) },
      bestRung: (kind) => bestRung(kind, countTakers(kind)),
    });
    each.care = { since: now(), tries: each.care.tries };
    fill(each);
    return link;
  }

  function shut(each: Held): void {
    each.monitor?.stop();
    each.link?.close();
    each.link = null;
    each.monitor = null;
  }

  function changed(each: Held): void {
    if (each.link?.state().connection === 'connected') each.care = { since: now(), tries: 0 };
    for (const other of held.values()) if (other.leavingAt !== null && isReplaced(other)) drop(other);
    fill(each);
    show();
    if (areAllGone()) drained.resolve();
  }

  /** Hands tracks and words to a link; a picture that is held, or not looked at there, is not sent. */
  function fill({ peer, link, monitor }: Held): void {
    if (!link || !monitor) return;
    const isHeld = monitor.held();
    const { wants } = link.state();
    const camera = isHeld.camera || !wants.camera ? null : tracks.camera;
    const screen = isHeld.screen || !wants.screen ? null : tracks.screen;
    link.slots.send({ ...tracks, camera, screen });
    monitor.begin({ camera: camera !== null, screen: screen !== null });
    link.tell({
      media: { ...media, isPictureHeld: media.isCameraOn && isHeld.camera },
      wants: { camera: isSeen('camera', peer), screen: isSeen('screen', peer) },
    });
  }

  /** Who looks at one device of a person looks at the one that takes over from it. */
  function isSeen(kind: PictureKind, { userId }: Peer): boolean {
    const own = [...held.values()].filter((each) => each.peer.userId === userId);
    return own.some(({ peer }) => seen[kind]?.includes(peer.participantId) ?? true);
  }

  /** Devices that a picture goes to: they share what this one can send. */
  function countTakers(kind: PictureKind): number {
    return [...held.values()].filter((each) => each.leavingAt === null && each.link?.state().wants[kind])
      .length;
  }

  function show(): void {
    if (isClosed) return;
    const shown = [...held.values()].filter((each) => each.leavingAt !== null || !isWaitingForOther(each));
    const remotes = shown.map(({ peer, link, monitor, volume, joinedAt }) => {
      const state = link?.state();
      return {
        ...peer,
        connection: state?.connection ?? ('connecting' as const),
        tracks: state?.tracks ?? NO_TRACKS,
        media: state?.media ?? null,
        isSpeaking: monitor?.isSpeaking() ?? false,
        ...{ volume, joinedAt },
        quality: monitor?.quality() ?? null,
        emoji: state?.emoji ?? null,
      };
    });
    const linked = [...held.values()].filter(({ monitor }) => monitor);
    const isNobodyServed = linked.length > 0 && linked.every(({ monitor }) => monitor?.held().camera);
    const isPictureHeld = media.isCameraOn && isNobodyServed;
    store.setState({ remotes, isPictureHeld });
  }

  /** Its person's other device is shown until this one is heard and seen as well. */
  function isWaitingForOther({ peer }: Held): boolean {
    return [...held.values()].some((other) => isSibling(other, peer) && other.leavingAt !== null);
  }

  /** What came from its person's old device comes from the new one. */
  function isReplaced({ peer, link: old }: Held): boolean {
    const wanted = old?.state().media;
    return [...held.values()].some((other) => {
      const state = other.link?.state();
      if (!isSibling(other, peer) || state?.connection !== 'connected') return false;
      const isHeard = !wanted?.isMicrophoneOn || state.tracks.microphone?.muted === false;
      const isToBeSeen = wanted?.isCameraOn && isSeen('camera', peer);
      return isHeard && (!isToBeSeen || state.tracks.camera?.muted === false);
    });
  }

  function drop(each: Held): void {
    shut(each);
    held.delete(each.peer.participantId);
  }

  function areAllGone(): boolean {
    return [...held.values()].every(({ link }) => link === null || link.state().isGone);
  }

  function tend(): void {
    const time = now();
    for (const each of [...held.values()]) {
      if (each.leavingAt !== null) {
        if (time - each.leavingAt <= HANDOVER_MS && !isReplaced(each)) continue;
        drop(each);
        show();
      } else if (!each.link) {
        if (time - each.care.since > OFFER_WAIT_MS) open(each, options.createId(), true);
      } else {
        const failed = each.link.connection.connectionState === 'failed';
        const care = careFor(each.link, failed, each.care, time);
        if (care === 'nothing') continue;
        each.care = { since: time, tries: each.care.tries + 1 };
        options.summary.restarted();
        if (care === 'renew') open(each, options.createId(), true);
        else each.link.restart();
      }
    }
  }

  function take(each: Held, signal: LinkSignal): void {
    const { link } = each;
    if (link?.id === signal.link) return void link.hear(signal);
    // Only a first offer begins a connection; all else is of one that is no more.
    if (signal.description?.type !== 'offer' || signal.commitment === undefined) return;
    const isOurs = link?.isOfferer && !link.hasHeard() && options.participantId > each.peer.participantId;
    if (!isOurs) void open(each, signal.link, false).hear(signal);
  }

  return {
    store,
    setPeers(peers) {
      const present = new Set(peers.map(({ participantId }) => participantId));
      for (const each of [...held.values()]) {
        const { participantId } = each.peer;
        if (present.has(participantId)) each.leavingAt = null;
        else if (peers.some((other) => other.userId === each.peer.userId)) each.leavingAt ??= now();
        else drop(each);
      }
      for (const peer of peers) {
        if (held.has(peer.participantId)) continue;
        const joinedAt = now();
        const care = { since: joinedAt, tries: 0 };
        held.set(peer.participantId, {
          ...{ peer, link: null, monitor: null, care, volume: 1, joinedAt, leavingAt: null },
        });
      }
      const due = early.splice(0);
      for (const { from, signal } of due) {
        const each = held.get(from);
        if (each) take(each, signal);
        else early.push({ from, signal });
      }
      show();
    },
    announce() {
      for (const each of held.values())
        if (!each.link && each.leavingAt === null) open(each, options.createId(), true);
      show();
    },
    hearSignal(from, payload) {
      const signal = parseLinkSignal(payload);
      if (!signal || isClosed) return;
      const each = held.get(from);
      if (each) take(each, signal);
      else if (early.length < EARLY_SIGNALS) early.push({ from, signal });
    },
    send(nextTracks, nextMedia) {
      tracks = nextTracks;
      media = nextMedia;
      for (const each of held.values()) fill(each);
      show();
    },
    setIce(settings) {
      ice = settings;
      for (const { link } of held.values()) link?.connection.setConfiguration(configuration());
    },
    recover(why) {
      for (const each of held.values()) {
        const isConnected = each.link?.state().connection === 'connected';
        // What was said meanwhile may be lost, so it is said again at once.
        if (why === 'network' || !isConnected) each.link?.restart();
        if (!isConnected) each.care = { ...each.care, since: now() };
      }
    },
    setVolume(participantId, volume) {
      const each = held.get(participantId);
      if (each) each.volume = volume;
      show();
    },
    setSeen(camera, screen) {
      seen = { camera, screen };
      for (const each of held.values()) fill(each);
    },
    react(emoji) {
      for (const { link } of held.values()) link?.say({ reaction: emoji });
    },
    heard: () =>
      [...held.values()].flatMap(({ peer, monitor }) => (monitor?.hasArrived() ? [peer.participantId] : [])),
    async drain() {
      if (areAllGone()) return;
      const timer = setTimeout(drained.resolve, HANDOVER_MS);
      await drained.promise;
      clearTimeout(timer);
    },
    close() {
      isClosed = true;
      clearInterval(careTimer);
      for (const each of [...held.values()]) drop(each);
    },
  };
}

function isSibling(other: Held, peer: Peer): boolean {
  return other.peer.userId === peer.userId && other.peer.participantId !== peer.participantId;
}
