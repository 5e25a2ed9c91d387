import { describe, expect, it } from 'vitest';
import type { LinkStats } from './linkStats.ts';
import { createLinkStatsReader } from './readLinkStats.ts';

type Entry = Record<string, unknown> & { id: string; type: string };

const NOTHING = {
  roundTripMs: null,
  jitterMs: null,
  lossShare: null,
  sentLossShare: null,
  receivedKbps: null,
  sentKbps: null,
  availableKbps: null,
  frameWidth: null,
  frameHeight: null,
  framesPerSecond: null,
  limitation: null,
  isRelayed: null,
  protocol: null,
  hasArrived: false,
};

describe('what a connection did between two reports', () => {
  it('is shares and rates of what was added since, and nothing of before', async () => {
    const [, second] = await readAll(chromium(1), chromium(2));
    expect(second).toEqual({
      roundTripMs: 80,
      jitterMs: 12,
      // 10 of 110 sound and 0 of 190 picture packets.
      lossShare: 10 / 300,
      // A tenth of 100 sound packets, nothing of 300 picture packets.
      sentLossShare: 10 / 400,
      receivedKbps: 440,
      sentKbps: 880,
      availableKbps: 1200,
      frameWidth: 1280,
      frameHeight: 720,
      framesPerSecond: 30,
      limitation: 'bandwidth',
      isRelayed: true,
      protocol: 'tcp',
      hasArrived: true,
    });
  });

  it('is not known at the first report, but for what is true at once', async () => {
    const [first] = await readAll(chromium(1));
    expect(first).toMatchObject({ lossShare: null, sentLossShare: null, receivedKbps: null, sentKbps: null });
    expect(first).toMatchObject({ roundTripMs: 80, isRelayed: true, hasArrived: true, frameWidth: 1280 });
  });

  it('is nothing where a browser tells nothing', async () => {
    expect(await readAll([], [])).toEqual([NOTHING, NOTHING]);
    const bare: Entry[] = [
      'inbound-rtp',
      'outbound-rtp',
      'remote-inbound-rtp',
      'candidate-pair',
      'transport',
    ].map((type) => ({ id: type, type, timestamp: Number.NaN, packetsReceived: 'many' }));
    const [, second] = await readAll(bare, bare);
    expect(second).toEqual({ ...NOTHING, receivedKbps: 0, sentKbps: 0 });
  });

  it('counts from nothing where counters began anew', async () => {
    const sound = { id: 'in', type: 'inbound-rtp', kind: 'audio', ssrc: 1 };
    const [, restarted, another] = await readAll(
      [{ ...sound, packetsReceived: 5000, packetsLost: 400, bytesReceived: 900_000 }],
      [{ ...sound, packetsReceived: 90, packetsLost: 10, bytesReceived: 1000 }],
      [{ ...sound, ssrc: 2, packetsReceived: 95, packetsLost: 5, bytesReceived: 2000 }],
    );
    expect(restarted).toMatchObject({ lossShare: 0.1, receivedKbps: 8, hasArrived: true });
    expect(another).toMatchObject({ lossShare: 0.05, receivedKbps: 16 });
  });

  it('takes lost packets that arrive late for no loss', async () => {
    const sound = { id: 'in', type: 'inbound-rtp', kind: 'audio', ssrc: 1 };
    const [, second] = await readAll(
      [{ ...sound, packetsReceived: 100, packetsLost: 5 }],
      [{ ...sound, packetsReceived: 200, packetsLost: -1 }],
    );
    expect(second?.lossShare).toBe(0);
  });

  it('shows that nothing arrives any more, and keeps no report of one who hears no more', async () => {
    const later = chromium(2).map((entry) =>
      entry.type === 'outbound-rtp' ? { ...entry, timestamp: 60_000, packetsSent: 9000 } : entry,
    );
    const [, , third] = await readAll(chromium(1), chromium(2), later);
    expect(third).toMatchObject({ hasArrived: false, lossShare: null, sentLossShare: null, receivedKbps: 0 });
    expect(third).toMatchObject({ jitterMs: null, frameWidth: null, framesPerSecond: null });
    // The way itself is still measured.
    expect(third?.roundTripMs).toBe(70);
  });

  it('looks at the picture that moves most', async () => {
    const picture = { type: 'inbound-rtp', kind: 'video' };
    const [, second] = await readAll(
      [
        { ...picture, id: 'camera', ssrc: 1, framesDecoded: 9000, frameWidth: 640, frameHeight: 480 },
        { ...picture, id: 'screen', ssrc: 2, framesDecoded: 10, frameWidth: 1920, frameHeight: 1080 },
      ],
      [
        { ...picture, id: 'camera', ssrc: 1, framesDecoded: 9001, frameWidth: 640, frameHeight: 480 },
        { ...picture, id: 'screen', ssrc: 2, framesDecoded: 30, frameWidth: 1920, frameHeight: 1080 },
      ],
    );
    expect(second).toMatchObject({ frameWidth: 1920, frameHeight: 1080, framesPerSecond: 20 });
  });
});

describe('the way that packets go', () => {
  const candidates: Entry[] = [
    { id: 'host', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { id: 'turns', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
    { id: 'there', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp' },
    { id: 'theirRelay', type: 'remote-candidate', candidateType: 'relay', protocol: 'udp' },
  ];
  const pair = { type: 'candidate-pair', state: 'succeeded', remoteCandidateId: 'there' };

  it('is that of the pair which Firefox calls selected', async () => {
    const [read] = await readAll([
      ...candidates,
      { ...pair, id: 'one', nominated: true, localCandidateId: 'host' },
      { ...pair, id: 'two', nominated: true, selected: true, localCandidateId: 'turns' },
    ]);
    expect(read).toMatchObject({ isRelayed: true, protocol: 'tcp' });
  });

  it('is that of the nominated pair which carried packets last', async () => {
    const [read] = await readAll([
      ...candidates,
      { ...pair, id: 'old', nominated: true, localCandidateId: 'turns', lastPacketReceivedTimestamp: 10 },
      { ...pair, id: 'new', nominated: true, localCandidateId: 'host', lastPacketReceivedTimestamp: 20 },
      { ...pair, id: 'no', nominated: false, localCandidateId: 'turns', lastPacketReceivedTimestamp: 30 },
    ]);
    expect(read).toMatchObject({ isRelayed: false, protocol: 'udp' });
  });

  it('is relayed where the relay is theirs', async () => {
    const [read] = await readAll([
      ...candidates,
      { ...pair, id: 'one', nominated: true, localCandidateId: 'host', remoteCandidateId: 'theirRelay' },
    ]);
    expect(read).toMatchObject({ isRelayed: true, protocol: 'udp' });
  });
});

/** As Chromium tells it, after so many seconds. */
function chromium(seconds: number): Entry[] {
  const timestamp = 1000 * seconds;
  return [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    {
      id: 'P',
      type: 'candidate-pair',
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      currentRoundTripTime: 0.07,
      availableOutgoingBitrate: 1_200_000,
    },
    { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' },
    { id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp' },
    {
      id: 'IA',
      type: 'inbound-rtp',
      kind: 'audio',
      ssrc: 1,
      packetsReceived: 100 * seconds,
      packetsLost: 10 * seconds,
      bytesReceived: 5_000 * seconds,
      jitter: 0.012,
    },
    {
      id: 'IV',
      type: 'inbound-rtp',
      kind: 'video',
      ssrc: 2,
      packetsReceived: 190 * seconds,
      packetsLost: 0,
      bytesReceived: 50_000 * seconds,
      framesDecoded: 30 * seconds,
      frameWidth: 1280,
      frameHeight: 720,
    },
    {
      id: 'OA',
      type: 'outbound-rtp',
      kind: 'audio',
      ssrc: 3,
      timestamp,
      packetsSent: 100 * seconds,
      bytesSent: 10_000 * seconds,
    },
    {
      id: 'OV',
      type: 'outbound-rtp',
      kind: 'video',
      ssrc: 4,
      timestamp,
      packetsSent: 300 * seconds,
      bytesSent: 100_000 * seconds,
      qualityLimitationReason: 'bandwidth',
    },
    {
      id: 'RA',
      type: 'remote-inbound-rtp',
      kind: 'audio',
      ssrc: 3,
      timestamp,
      fractionLost: 0.1,
      roundTripTime: 0.08,
    },
    {
      id: 'RV',
      type: 'remote-inbound-rtp',
      kind: 'video',
      ssrc: 4,
      timestamp,
      packetsLost: 0,
      roundTripTime: 0.2,
    },
  ];
}

/** Reads each report a second after the one before. */
async function readAll(...reports: Entry[][]) {
  let read = 0;
  const reader = createLinkStatsReader(
    async () => new Map((reports[read++] ?? []).map((entry) => [entry.id, entry])),
    () => read * 1000,
  );
  const all: LinkStats[] = [];
  for (const _ of reports) all.push(await reader.read());
  return all;
}
