import type { LinkStats } from './linkStats.ts';
import { readLinkPath } from './readLinkPath.ts';
import {
  earlierOf,
  entriesOf,
  growthOf,
  numberOf,
  ofType,
  type StatsEntries,
  type StatsEntry,
  sum,
  textOf,
} from './statsReport.ts';

/** A report of the other side that is older than this says nothing of now: it stopped to hear. */
const STALE_REPORT_MS = 10_000;

const NO_ENTRIES: StatsEntries = new Map();

export type LinkStatsReader = { read: () => Promise<LinkStats> };

/**
 * Reads one connection; each reading is about the time since the one before, so the first knows totals only.
 * `now`: milliseconds of a clock that never goes back. Rejects only where `getStats` does.
 */
export function createLinkStatsReader(
  getStats: () => Promise<RTCStatsReport>,
  now: () => number,
): LinkStatsReader {
  let earlier: StatsEntries | null = null;
  let readAt = 0;
  return {
    read: async () => {
      const entries = entriesOf(await getStats());
      const at = now();
      const stats = toLinkStats(entries, earlier, at - readAt);
      earlier = entries;
      readAt = at;
      return stats;
    },
  };
}

function toLinkStats(entries: StatsEntries, before: StatsEntries | null, elapsedMs: number): LinkStats {
  const earlier = before ?? NO_ENTRIES;
  const inbound = ofType(entries, 'inbound-rtp');
  const outbound = ofType(entries, 'outbound-rtp');
  const reports = freshReports(entries);
  const path = readLinkPath(entries);
  return {
    roundTripMs: readRoundTrip(reports) ?? path.roundTripMs,
    jitterMs: readJitter(entries, earlier),
    lossShare: before && readLoss(inbound, earlier),
    sentLossShare: before && readSentLoss(reports, outbound, earlier),
    receivedKbps: before && toKbps(inbound, 'bytesReceived', earlier, elapsedMs),
    sentKbps: before && toKbps(outbound, 'bytesSent', earlier, elapsedMs),
    availableKbps: path.availableKbps,
    ...readPicture(entries, earlier, before ? elapsedMs : null),
    limitation: readLimitation(entries, earlier),
    isRelayed: path.isRelayed,
    protocol: path.protocol,
    hasArrived: inbound.some((entry) => growthOf(entry, 'packetsReceived', earlier) > 0),
  };
}

function toKbps(
  streams: readonly StatsEntry[],
  key: string,
  earlier: StatsEntries,
  elapsedMs: number,
): number | null {
  if (elapsedMs <= 0 || streams.length === 0) return null;
  // Bits per millisecond are kilobits per second.
  return (sum(streams.map((entry) => growthOf(entry, key, earlier))) * 8) / elapsedMs;
}

function readLoss(inbound: readonly StatsEntry[], earlier: StatsEntries): number | null {
  const lost = sum(inbound.map((entry) => lostSince(entry, earlier)));
  const received = sum(inbound.map((entry) => growthOf(entry, 'packetsReceived', earlier)));
  return lost + received > 0 ? lost / (lost + received) : null;
}

/** What counted as lost and arrives late is taken back (RFC 3550, 6.4.1), so this counter may fall, even below 0. */
function lostSince(entry: StatsEntry, earlier: StatsEntries): number {
  const lost = numberOf(entry, 'packetsLost') ?? 0;
  const before = earlierOf(entry, earlier);
  const hasBegunAnew = (numberOf(entry, 'packetsReceived') ?? 0) < (numberOf(before, 'packetsReceived') ?? 0);
  return Math.max(0, hasBegunAnew ? lost : lost - (numberOf(before, 'packetsLost') ?? 0));
}

/** What the other side reported lately of the streams sent from here. */
function freshReports(entries: StatsEntries): StatsEntry[] {
  const newest = Math.max(
    ...ofType(entries, 'outbound-rtp').map((entry) => numberOf(entry, 'timestamp') ?? 0),
  );
  return ofType(entries, 'remote-inbound-rtp').filter(
    (entry) => newest - (numberOf(entry, 'timestamp') ?? newest) <= STALE_REPORT_MS,
  );
}

/** Weighted by packets, over the streams that sent some. */
function readSentLoss(
  reports: readonly StatsEntry[],
  outbound: readonly StatsEntry[],
  earlier: StatsEntries,
): number | null {
  let sentTotal = 0;
  let lostTotal = 0;
  for (const report of reports) {
    const stream = outbound.find((entry) => entry.id === report.localId || entry.ssrc === report.ssrc);
    const sent = stream ? growthOf(stream, 'packetsSent', earlier) : 0;
    if (sent === 0) continue;
    // Reports come at other times than readings: their own share is truer than a difference of totals.
    const share = numberOf(report, 'fractionLost') ?? lostSince(report, earlier) / sent;
    sentTotal += sent;
    lostTotal += Math.min(1, Math.max(0, share)) * sent;
  }
  return sentTotal > 0 ? lostTotal / sentTotal : null;
}

/** Of the sound rather than of the picture, since that is what a conversation feels. */
function readRoundTrip(reports: readonly StatsEntry[]): number | null {
  const isSound = (entry: StatsEntry): boolean => (entry.kind ?? entry.mediaType) === 'audio';
  const measured = reports.filter((entry) => (numberOf(entry, 'roundTripTime') ?? 0) > 0);
  const seconds = numberOf(measured.find(isSound) ?? measured[0], 'roundTripTime');
  return seconds === null ? null : seconds * 1000;
}

function readJitter(entries: StatsEntries, earlier: StatsEntries): number | null {
  const seconds = ofType(entries, 'inbound-rtp', 'audio')
    .filter((entry) => growthOf(entry, 'packetsReceived', earlier) > 0)
    .flatMap((entry) => numberOf(entry, 'jitter') ?? []);
  return seconds.length > 0 ? Math.max(...seconds) * 1000 : null;
}

/** Camera and screen may both arrive: the one that moves most is what people look at. */
function readPicture(
  entries: StatsEntries,
  earlier: StatsEntries,
  elapsedMs: number | null,
): Pick<LinkStats, 'frameWidth' | 'frameHeight' | 'framesPerSecond'> {
  let picture: StatsEntry | null = null;
  let most = 0;
  for (const entry of ofType(entries, 'inbound-rtp', 'video')) {
    const key = numberOf(entry, 'framesDecoded') === null ? 'framesReceived' : 'framesDecoded';
    const frames = growthOf(entry, key, earlier);
    if (frames <= most) continue;
    picture = entry;
    most = frames;
  }
  if (!picture) return { frameWidth: null, frameHeight: null, framesPerSecond: null };
  return {
    frameWidth: numberOf(picture, 'frameWidth'),
    frameHeight: numberOf(picture, 'frameHeight'),
    framesPerSecond: elapsedMs ? (most * 1000) / elapsedMs : numberOf(picture, 'framesPerSecond'),
  };
}

/** From what hinders most to what hinders least. */
const LIMITATIONS = ['bandwidth', 'cpu', 'other', 'none'] as const;

/** Of the pictures that are being sent. */
function readLimitation(entries: StatsEntries, earlier: StatsEntries): LinkStats['limitation'] {
  const reasons = ofType(entries, 'outbound-rtp', 'video')
    .filter((entry) => entry.active !== false && growthOf(entry, 'packetsSent', earlier) > 0)
    .map((entry) => textOf(entry, 'qualityLimitationReason'));
  return LIMITATIONS.find((limitation) => reasons.includes(limitation)) ?? null;
}
