import {
  decodeAddress,
  encodeRequest,
  errorOf,
  STUN_ATTRIBUTE,
  STUN_METHOD,
  type StunAttribute,
  type StunMessage,
  type StunProof,
} from './stunMessage.ts';
import { explainTurnFailure, TurnFailure } from './turnFailure.ts';
import { openTurnLine, type TurnLine } from './turnLine.ts';
import { parseTurnUrl, type TurnPlace } from './turnPlace.ts';

export type TurnCredentials = { username: string; credential: string };

export type TurnReport = { url: string } & (
  | { isOk: true; relay: string; ms: number; warning: string | null }
  | { isOk: false; problem: string }
);

const UDP: StunAttribute = [STUN_ATTRIBUTE.requestedTransport, Buffer.from([17, 0, 0, 0])];
const NOW: StunAttribute = [STUN_ATTRIBUTE.lifetime, Buffer.alloc(4)];
const UNAUTHORIZED = 401;
const STALE_NONCE = 438;
/** Which devices elsewhere cannot reach. */
const PRIVATE =
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[(::1|f[cd]|fe[89ab]))/;

/** Asks the server of a TURN URL for a relay, as a browser would (RFC 8656), and gives it back. Never rejects. */
export async function checkTurn(url: string, credentials: TurnCredentials | undefined): Promise<TurnReport> {
  const place = parseTurnUrl(url);
  try {
    const begin = performance.now();
    const { relay, isOpen } = await allocate(place, credentials);
    return { url, isOk: true, relay, ms: performance.now() - begin, warning: warningFor(relay, isOpen) };
  } catch (error) {
    return { url, isOk: false, problem: explainTurnFailure(error, place) };
  }
}

function warningFor(relay: string, isOpen: boolean): string | null {
  if (isOpen) return 'it asks nobody for credentials: strangers can use it';
  return PRIVATE.test(relay)
    ? 'this address is private: set external-ip (EXTERNAL_IP) for devices elsewhere'
    : null;
}

async function allocate(
  place: TurnPlace,
  credentials: TurnCredentials | undefined,
): Promise<{ relay: string; isOpen: boolean }> {
  if (place.isSecure && place.transport === 'udp') throw new TurnFailure('dtls');
  const line = await openTurnLine(place);
  try {
    const first = await line.ask(encodeRequest(STUN_METHOD.allocate, [UDP]));
    if (errorOf(first).code !== UNAUTHORIZED) return { relay: relayOf(first), isOpen: true };
    if (!credentials) throw new TurnFailure('secretMissing');
    const { answer, proof } = await askSigned(line, { ...credentials, ...challengeOf(first) });
    const relay = relayOf(answer);
    // Given back, since it would count against the quota for ten minutes. Whether that worked does not matter.
    await line.ask(encodeRequest(STUN_METHOD.refresh, [NOW], proof)).catch(() => undefined);
    return { relay, isOpen: false };
  } finally {
    line.close();
  }
}

/** Again with the new nonce where the server has just changed it. */
async function askSigned(
  line: TurnLine,
  proof: StunProof,
): Promise<{ answer: StunMessage; proof: StunProof }> {
  const answer = await line.ask(encodeRequest(STUN_METHOD.allocate, [UDP], proof));
  if (errorOf(answer).code !== STALE_NONCE) return { answer, proof };
  const renewed = { ...proof, ...challengeOf(answer) };
  return { answer: await line.ask(encodeRequest(STUN_METHOD.allocate, [UDP], renewed)), proof: renewed };
}

function challengeOf({ attributes }: StunMessage): Pick<StunProof, 'realm' | 'nonce'> {
  const realm = attributes.get(STUN_ATTRIBUTE.realm);
  const nonce = attributes.get(STUN_ATTRIBUTE.nonce);
  if (!realm || !nonce) throw new TurnFailure('noTurn');
  return { realm, nonce };
}

function relayOf(answer: StunMessage): string {
  const { code, reason } = errorOf(answer);
  if (code !== 0) throw new TurnFailure('refused', code, reason);
  const value = answer.attributes.get(STUN_ATTRIBUTE.xorRelayedAddress);
  const relay = value && decodeAddress(value, answer.transactionId);
  if (!relay) throw new TurnFailure('noTurn');
  return relay;
}
