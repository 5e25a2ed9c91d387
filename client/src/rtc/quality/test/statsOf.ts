import type { LinkStats } from '../linkStats.ts';

/** A reading of a good link with a picture both ways. */
export function statsOf(changes: Partial<LinkStats> = {}): LinkStats {
  return {
    roundTripMs: 50,
    jitterMs: 5,
    lossShare: 0,
    sentLossShare: 0,
    receivedKbps: 1500,
    sentKbps: 1500,
    availableKbps: 3000,
    frameWidth: 1280,
    frameHeight: 720,
    framesPerSecond: 30,
    limitation: 'none',
    isRelayed: false,
    protocol: 'udp',
    hasArrived: true,
    ...changes,
  };
}
