/**
 * What devices tell each other to connect (W3C WebRTC 1.0, perfect negotiation). `link` names one peer connection:
 * whoever begins anew, after a reload for example, names another.
 */
export type LinkSignal = {
  link: string;
  description?: { type: 'offer' | 'answer'; sdp: string };
  candidates?: RTCIceCandidateInit[];
  /** With the first offer: what its sender is bound to (docs/calls.md, trust). */
  commitment?: string;
  /** With the answer. */
  nonce?: string;
};

/** null for what is none of ours: the server passes on whatever devices say. */
export function parseLinkSignal(payload: string): LinkSignal | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || typeof parsed.link !== 'string') return null;
  const { link, description, candidates, commitment, nonce } = parsed;
  return {
    link,
    ...(isDescription(description) && { description }),
    ...(Array.isArray(candidates) && { candidates: candidates.filter(isRecord) }),
    ...(typeof commitment === 'string' && { commitment }),
    ...(typeof nonce === 'string' && { nonce }),
  };
}

function isDescription(value: unknown): value is NonNullable<LinkSignal['description']> {
  return (
    isRecord(value) && (value.type === 'offer' || value.type === 'answer') && typeof value.sdp === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
