import { TRUST_EMOJI } from './trustEmoji.ts';

/** What one side puts into the emoji: the certificate it speaks with, and a number that nobody could foresee. */
export type CallSide = { fingerprint: string; nonce: string };

const NONCE_BYTES = 32;
const NONCE = /^[\w-]{43}$/;
/** Keep what is hashed for one purpose from ever being good for another, or for another version of it. */
const COMMITMENT_LABEL = 'ahoy call commitment 1';
const EMOJI_LABEL = 'ahoy call emoji 1';

const GLYPHS = Object.values(TRUST_EMOJI);
const EMOJI_COUNT = 4;
const BITS_PER_EMOJI = 6;

/** As lenient as any parser might be: what only looks like a fingerprint must not slip by. */
const FINGERPRINT_LINE = /^\s*a\s*=\s*fingerprint/i;
const FINGERPRINT = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})\s*$/i;

/** A fresh secret for one connection; never used for a second. */
export function createCallSecret(): { nonce: string } {
  return { nonce: toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))) };
}

/** Binds to fingerprint and nonce without telling the nonce; sent before the other side's nonce is known. */
export async function commitTo({
  callId,
  fingerprint,
  nonce,
}: CallSide & { callId: string }): Promise<string> {
  return toBase64Url(await hash(COMMITMENT_LABEL, callId, fingerprint, nonce));
}

/** Whether what was told later is what was committed to. No secret is compared, so time may tell. */
export async function isCommitment(
  commitment: string,
  side: CallSide & { callId: string },
): Promise<boolean> {
  return NONCE.test(side.nonce) && (await commitTo(side)) === commitment;
}

/**
 * Four of 64, the same on both sides unless someone in between speaks with each of them. They carry 24 bits, and the
 * commitment leaves one try per connection: one in 16,777,216 that it goes unseen. Both sides name the same one `offerer`.
 */
export async function readEmoji(call: {
  callId: string;
  offerer: CallSide;
  answerer: CallSide;
}): Promise<readonly string[]> {
  const { callId, offerer, answerer } = call;
  const parts = [callId, offerer.fingerprint, offerer.nonce, answerer.fingerprint, answerer.nonce];
  const digest = await hash(EMOJI_LABEL, ...parts);
  const [first = 0, second = 0, third = 0] = digest;
  const bits = (first << 16) | (second << 8) | third;
  return Array.from({ length: EMOJI_COUNT }, (_, index) => {
    const shift = (EMOJI_COUNT - 1 - index) * BITS_PER_EMOJI;
    return GLYPHS[(bits >> shift) % GLYPHS.length] ?? '';
  });
}

/**
 * The certificate that a description speaks for (RFC 8122), in capitals; null when there is none, when sections differ,
 * or when one is of another hash: then nobody can say which one the browser would hold to.
 */
export function readFingerprint(sdp: string): string | null {
  const lines = sdp.split(/[\r\n]+/).filter((line) => FINGERPRINT_LINE.test(line));
  const found = new Set(lines.map((line) => FINGERPRINT.exec(line)?.[1]?.toUpperCase()));
  const [fingerprint] = found;
  return found.size === 1 && fingerprint ? fingerprint : null;
}

/** SHA-256 over parts that each carry their length: no two lists of parts are the same bytes. */
async function hash(...parts: readonly string[]): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const bytes = parts.flatMap((part) => {
    const text = encoder.encode(part);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length);
    return [...length, ...text];
  });
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
