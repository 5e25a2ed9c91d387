import type { LinkStats } from './linkStats.ts';
import type { PeerReport } from './rateLink.ts';

const LIMITATIONS = ['none', 'cpu', 'bandwidth', 'other'] as const;

/** What this device tells the other end of a link about it. */
export function toPeerReport(stats: LinkStats): PeerReport {
  const { lossShare, sentKbps, availableKbps, limitation, hasArrived } = stats;
  return { lossShare, sentKbps, availableKbps, limitation, hasArrived };
}

/** Reads what another device said; null when it is no report. */
export function parsePeerReport(value: unknown): PeerReport | null {
  if (typeof value !== 'object' || value === null) return null;
  const said: Record<string, unknown> = { ...value };
  if (typeof said.hasArrived !== 'boolean') return null;
  const lossShare = amount(said.lossShare);
  return {
    lossShare: lossShare === null ? null : Math.min(1, lossShare),
    sentKbps: amount(said.sentKbps),
    availableKbps: amount(said.availableKbps),
    limitation: LIMITATIONS.find((limitation) => limitation === said.limitation) ?? null,
    hasArrived: said.hasArrived,
  };
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
