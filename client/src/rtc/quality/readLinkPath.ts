import type { LinkStats } from './linkStats.ts';
import { numberOf, ofType, type StatsEntries, type StatsEntry, textOf } from './statsReport.ts';

type LinkPath = Pick<LinkStats, 'roundTripMs' | 'availableKbps' | 'isRelayed' | 'protocol'>;

/** Which way packets go now, of the pair of candidates in use. */
export function readLinkPath(entries: StatsEntries): LinkPath {
  const pair = findSelectedPair(entries);
  const local = entries.get(textOf(pair, 'localCandidateId') ?? '') ?? null;
  const remote = entries.get(textOf(pair, 'remoteCandidateId') ?? '') ?? null;
  const seconds = numberOf(pair, 'currentRoundTripTime');
  const available = numberOf(pair, 'availableOutgoingBitrate');
  return {
    roundTripMs: seconds === null ? null : seconds * 1000,
    availableKbps: available === null ? null : available / 1000,
    isRelayed: local || remote ? isRelay(local) || isRelay(remote) : null,
    protocol: readProtocol(local),
  };
}

function isRelay(candidate: StatsEntry | null): boolean {
  return textOf(candidate, 'candidateType') === 'relay';
}

/** Chromium names the pair in its transport; Firefox marks the pair, and later versions know `nominated` only. */
function findSelectedPair(entries: StatsEntries): StatsEntry | null {
  for (const transport of ofType(entries, 'transport')) {
    const pair = entries.get(textOf(transport, 'selectedCandidatePairId') ?? '');
    if (pair) return pair;
  }
  const pairs = ofType(entries, 'candidate-pair');
  const selected = pairs.find((pair) => pair.selected === true);
  if (selected) return selected;
  // After an ICE restart the pair of before is still listed: the one in use has carried packets last.
  const nominated = pairs.filter((pair) => pair.nominated === true && pair.state === 'succeeded');
  return nominated.sort((one, other) => lastPacketAt(other) - lastPacketAt(one))[0] ?? null;
}

function lastPacketAt(pair: StatsEntry): number {
  return numberOf(pair, 'lastPacketReceivedTimestamp') ?? numberOf(pair, 'lastPacketSentTimestamp') ?? 0;
}

/** Of the first hop: behind a relay of ours, how the relay is reached. TLS runs over TCP. */
function readProtocol(local: StatsEntry | null): LinkStats['protocol'] {
  const protocol = isRelay(local) ? textOf(local, 'relayProtocol') : textOf(local, 'protocol');
  switch (protocol) {
    case 'udp':
      return 'udp';
    case 'tcp':
    case 'tls':
      return 'tcp';
    default:
      return null;
  }
}
