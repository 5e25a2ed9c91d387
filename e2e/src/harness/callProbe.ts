import { SLOTS, type Slot } from '../../../client/src/rtc/slots.ts';

/** What `installCallProbe` keeps in a page. */
interface CallProbe {
  readonly peers: RTCPeerConnection[];
  readonly tracks: { readonly track: MediaStreamTrack; readonly source: TrackSource }[];
}

declare global {
  var callProbe: CallProbe | undefined;
}

/** A page of Playwright or of Puppeteer. */
export interface ProbedPage {
  evaluate<A, R>(script: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
}

type TrackSource = 'user' | 'display';

/** Of one direction of one slot; `frames` are decoded or encoded ones. */
export interface FlowCounters {
  readonly bytes: number;
  readonly frames: number;
  /** Grows with what is heard; of what is received only. */
  readonly energy: number;
}

/** The way that media takes: `host`, `srflx`, `prflx` or `relay`. */
export interface Route {
  readonly local: string;
  readonly remote: string;
  readonly protocol: string;
  /** How the own relay is reached: `udp`, `tcp` or `tls`; absent without one. */
  readonly relayProtocol?: string;
}

/** One connection of the page that is not closed. */
export interface PeerMedia {
  /** Its place among all that the page ever made. */
  readonly id: number;
  readonly connection: RTCPeerConnectionState;
  readonly route: Route | null;
  readonly inbound: Readonly<Partial<Record<Slot, FlowCounters>>>;
  readonly outbound: Readonly<Partial<Record<Slot, FlowCounters>>>;
  /** Types of all candidates, own and told. */
  readonly candidates: { readonly local: readonly string[]; readonly remote: readonly string[] };
}

export interface CallMediaSample {
  /** Milliseconds, as the page's `performance.now` counts. */
  readonly at: number;
  readonly peers: readonly PeerMedia[];
}

/** A track that the page got from the system, and its clones. */
export interface OwnTrack {
  readonly kind: string;
  readonly source: TrackSource;
  readonly label: string;
  readonly deviceId: string;
  readonly isLive: boolean;
  readonly isEnabled: boolean;
}

/**
 * Runs before the page's own scripts (`addInitScript`, `evaluateOnNewDocument`): keeps every RTCPeerConnection and every
 * track of a microphone, a camera or a screen. It stands alone: nothing of this file is there in the page.
 */
export function installCallProbe(): void {
  const probe: CallProbe = { peers: [], tracks: [] };
  globalThis.callProbe = probe;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probe.peers.push(this);
    }
  };
  // Pages that are no secure context have none.
  if (!navigator.mediaDevices) return;
  const keep = (source: TrackSource, ask: (constraints?: MediaStreamConstraints) => Promise<MediaStream>) =>
    async function (this: MediaDevices, constraints?: MediaStreamConstraints) {
      const stream = await ask.call(this, constraints);
      for (const track of stream.getTracks()) probe.tracks.push({ track, source });
      return stream;
    };
  const devices = MediaDevices.prototype;
  devices.getUserMedia = keep('user', devices.getUserMedia);
  if (devices.getDisplayMedia) devices.getDisplayMedia = keep('display', devices.getDisplayMedia);
  // A clone holds the device open as the track does.
  const note = (original: MediaStreamTrack, clone: MediaStreamTrack) => {
    const known = probe.tracks.find(({ track }) => track === original);
    if (known) probe.tracks.push({ track: clone, source: known.source });
  };
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const copy = clone.call(this);
    note(this, copy);
    return copy;
  };
  const { clone: cloneStream } = MediaStream.prototype;
  MediaStream.prototype.clone = function () {
    const copy = cloneStream.call(this);
    for (const [index, track] of this.getTracks().entries()) {
      const twin = copy.getTracks()[index];
      if (twin) note(track, twin);
    }
    return copy;
  };
}

/** The connections of the page that are not closed, oldest first, with what has flowed over each. */
export function mediaOf(page: ProbedPage): Promise<CallMediaSample> {
  return page.evaluate(readPeers, SLOTS);
}

/** All tracks that the page ever got from a microphone, a camera or a screen. */
export function tracksOf(page: ProbedPage): Promise<OwnTrack[]> {
  return page.evaluate(readTracks, null);
}

/** What is open at this device now: for the camera it is what its light shows. */
export async function openDevicesOf(
  page: ProbedPage,
): Promise<{ camera: boolean; microphone: boolean; screen: boolean }> {
  const live = (await tracksOf(page)).filter((track) => track.isLive);
  const has = (source: TrackSource, kind: string) =>
    live.some((track) => track.source === source && track.kind === kind);
  return {
    camera: has('user', 'video'),
    microphone: has('user', 'audio'),
    screen: has('display', 'video'),
  };
}

function readTracks(): OwnTrack[] {
  return (globalThis.callProbe?.tracks ?? []).map(({ track, source }) => ({
    ...{ kind: track.kind, source, label: track.label },
    deviceId: track.getSettings().deviceId ?? '',
    isLive: track.readyState === 'live',
    isEnabled: track.enabled,
  }));
}

/** Runs in the page, and so stands alone. */
async function readPeers(slots: readonly Slot[]): Promise<CallMediaSample> {
  type Row = Record<string, unknown>;
  const rowsOf = async (part: { getStats: () => Promise<RTCStatsReport> }) => {
    const rows: Row[] = [];
    (await part.getStats()).forEach((row: Row) => {
      rows.push(row);
    });
    return rows;
  };
  const count = (row: Row, ...names: string[]) => {
    const value = names.map((name) => row[name]).find((held) => typeof held === 'number');
    return typeof value === 'number' ? value : 0;
  };
  const counters = (rows: Row[], type: string): FlowCounters | undefined => {
    const row = rows.find((one) => one.type === type);
    return (
      row && {
        bytes: count(row, 'bytesReceived', 'bytesSent'),
        frames: count(row, 'framesDecoded', 'framesEncoded'),
        energy: count(row, 'totalAudioEnergy'),
      }
    );
  };
  const routeOf = (rows: Row[]): Route | null => {
    const chosen = rows.find((row) => row.type === 'transport')?.selectedCandidatePairId;
    const pair = rows.find((row) => row.type === 'candidate-pair' && (row.id === chosen || row.selected));
    const end = (id: unknown) => rows.find((row) => row.id === id);
    const [local, remote] = [end(pair?.localCandidateId), end(pair?.remoteCandidateId)];
    if (!local || !remote) return null;
    return {
      ...{ local: String(local.candidateType), remote: String(remote.candidateType) },
      protocol: String(local.protocol),
      relayProtocol: typeof local.relayProtocol === 'string' ? local.relayProtocol : undefined,
    };
  };
  const read = async (peer: RTCPeerConnection, id: number): Promise<PeerMedia> => {
    const inbound: Partial<Record<Slot, FlowCounters>> = {};
    const outbound: Partial<Record<Slot, FlowCounters>> = {};
    for (const [index, { receiver, sender }] of peer.getTransceivers().entries()) {
      const slot = slots[index];
      if (!slot) continue;
      inbound[slot] = counters(await rowsOf(receiver), 'inbound-rtp');
      outbound[slot] = counters(await rowsOf(sender), 'outbound-rtp');
    }
    const rows = await rowsOf(peer);
    const types = (type: string) => [
      ...new Set(rows.filter((row) => row.type === type).map((row) => String(row.candidateType))),
    ];
    return {
      ...{ id, connection: peer.connectionState, route: routeOf(rows), inbound, outbound },
      candidates: { local: types('local-candidate'), remote: types('remote-candidate') },
    };
  };
  const open = [...(globalThis.callProbe?.peers ?? []).entries()].filter(
    ([, peer]) => peer.connectionState !== 'closed',
  );
  const peers = await Promise.all(open.map(([id, peer]) => read(peer, id)));
  return { at: performance.now(), peers };
}
