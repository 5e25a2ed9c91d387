import { isPressed } from './isPressed.ts';
import type { LinkQuality } from './linkQuality.ts';
import type { LinkStats } from './linkStats.ts';

/** What the other device says of the link; what is left out is not known. */
export type PeerReport = Pick<LinkStats, 'lossShare' | 'limitation'> &
  Partial<Pick<LinkStats, 'availableKbps' | 'sentKbps' | 'hasArrived'>>;

type Bars = LinkQuality['bars'];
type Side = LinkQuality['sufferer'];
type Finding = { bars: Bars; cause: NonNullable<LinkQuality['cause']>; sufferer: Side };
/** Up to these values a link has 4, 3 and 2 bars; beyond the last, 1. */
type Limits = readonly [number, number, number];

/**
 * Where the bars fall.
 * Loss: ITU-T G.1010 wants less than 3 % for conversations; Opus conceals and repairs (RFC 6716, 2.1.7) beyond it, with
 * holes that one hears. Round trip: ITU-T G.114 sees no harm in up to 150 ms from mouth to ear and none but hard
 * conversation over 400 ms; the way there is half the round trip, and devices and their buffers add about 50 ms.
 * Jitter: what arrives further apart than this waits in the buffer that long, and is delay.
 */
const LOSS_LIMITS: Limits = [0.01, 0.03, 0.1];
const ROUND_TRIP_LIMITS_MS: Limits = [200, 400, 700];
const JITTER_LIMITS_MS: Limits = [30, 60, 120];
/** From here on up a picture that bandwidth limits has 4, 3 and 2 bars: about 720, 360 and 180 lines. */
const PICTURE_LIMITS_KBPS: Limits = [1000, 400, 120];
/** Less than this leaves no room beside sound, whether or not there is a picture. */
const NARROW_KBPS = 60;

/** `sufferer` is the side whose network or computer is the trouble; null where nothing tells which. */
export function rateLink(stats: LinkStats, remote: PeerReport | null): LinkQuality {
  const findings = [
    findSilence(stats, remote),
    findLoss(stats, remote),
    findBandwidth(stats, remote),
    findDelay(stats, remote),
    findComputer(stats, remote),
  ].filter((finding) => finding !== null);
  // Of what is equally bad the first counts: from what is heard at once to what is only seen.
  const worst = findings.reduce<Finding | null>(
    (found, finding) => (found && found.bars <= finding.bars ? found : finding),
    null,
  );
  if (!worst || worst.bars === 4) return { bars: 4, sufferer: null, cause: null, stats };
  return { ...worst, stats };
}

/** Someone who only listens sends nothing, which is no fault. */
function findSilence(stats: LinkStats, remote: PeerReport | null): Finding | null {
  const isMissedHere = !stats.hasArrived && remote?.sentKbps !== 0;
  const isMissedThere = remote?.hasArrived === false && stats.sentKbps !== 0 && stats.sentKbps !== null;
  if (!isMissedHere && !isMissedThere) return null;
  const heardThere: Side = remote?.hasArrived ? 'them' : null;
  const sufferer = isMissedHere ? (isMissedThere ? 'both' : heardThere) : 'me';
  return { bars: 0, cause: 'silence', sufferer };
}

function findLoss(stats: LinkStats, remote: PeerReport | null): Finding | null {
  const hereLoss = stats.lossShare ?? 0;
  const thereLoss = remote?.lossShare ?? stats.sentLossShare ?? 0;
  const bars = barsUpTo(Math.max(hereLoss, thereLoss), LOSS_LIMITS);
  const isLostHere = barsUpTo(hereLoss, LOSS_LIMITS) < 4;
  const isLostThere = barsUpTo(thereLoss, LOSS_LIMITS) < 4;
  if (isLostHere && isLostThere) return { bars, cause: 'loss', sufferer: weakSide(stats, remote) ?? 'both' };
  // One way only: the sender's way up, which is the narrower half of most lines, unless only the receiver is short.
  const sender = isLostHere ? 'them' : 'me';
  return { bars, cause: 'loss', sufferer: weakSide(stats, remote) ?? sender };
}

function findBandwidth(stats: LinkStats, remote: PeerReport | null): Finding | null {
  const bars = Math.min(barsOfRoom(stats), barsOfRoom(remote)) as Bars;
  return { bars, cause: 'bandwidth', sufferer: bySide(barsOfRoom(stats) < 4, barsOfRoom(remote) < 4) };
}

/** Neither side's alone, unless one of them has a way that is full. */
function findDelay(stats: LinkStats, remote: PeerReport | null): Finding | null {
  const bars = Math.min(
    barsUpTo(stats.roundTripMs ?? 0, ROUND_TRIP_LIMITS_MS),
    barsUpTo(stats.jitterMs ?? 0, JITTER_LIMITS_MS),
  ) as Bars;
  return { bars, cause: 'delay', sufferer: weakSide(stats, remote) ?? 'both' };
}

/** Costs one bar only: sound is not touched. */
function findComputer(stats: LinkStats, remote: PeerReport | null): Finding | null {
  const sufferer = bySide(stats.limitation === 'cpu', remote?.limitation === 'cpu');
  return sufferer && { bars: 3, cause: 'computer', sufferer };
}

type Room = Pick<PeerReport, 'availableKbps' | 'sentKbps' | 'limitation'>;

/**
 * What a browser thinks it could send counts only where it holds something back: without a picture it never finds out
 * how much would fit.
 */
function barsOfRoom(side: Room | null): Bars {
  const available = side?.availableKbps ?? null;
  if (!side || !isPressed(side)) return 4;
  if (available !== null && available < NARROW_KBPS) return 1;
  if (side.limitation !== 'bandwidth') return 4;
  if (available === null) return 3;
  const [most, some, least] = PICTURE_LIMITS_KBPS;
  return available >= most ? 4 : available >= some ? 3 : available >= least ? 2 : 1;
}

/** The side that alone is short of bandwidth. */
function weakSide(stats: LinkStats, remote: PeerReport | null): Side {
  const side = bySide(barsOfRoom(stats) < 3, barsOfRoom(remote) < 3);
  return side === 'both' ? null : side;
}

function bySide(isMine: boolean, isTheirs: boolean): Side {
  if (isMine && isTheirs) return 'both';
  return isMine ? 'me' : isTheirs ? 'them' : null;
}

function barsUpTo(value: number, [four, three, two]: Limits): Bars {
  return value <= four ? 4 : value <= three ? 3 : value <= two ? 2 : 1;
}
