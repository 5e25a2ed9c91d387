import type { Slot } from '../../../client/src/rtc/slots.ts';
import { type CallMediaSample, mediaOf, type PeerMedia, type ProbedPage } from './callProbe.ts';

/** What has to arrive: true, it grows all the time; false, it stands still; absent, it does not matter. */
export interface Flows {
  readonly audio?: boolean;
  readonly video?: boolean;
  readonly screen?: boolean;
  readonly screenSound?: boolean;
}

export interface FlowOptions {
  /** How many connections are open, with all of this on each. */
  readonly peers?: number;
  /** How long it may take to begin. */
  readonly patienceMs?: number;
  /** How long a flow may stand without counting as stopped. */
  readonly longestGapMs?: number;
  /** What stumbles may begin anew while there is patience: for more pictures than the machine's cores draw smoothly. */
  readonly mayStumble?: boolean;
  /** How often it is looked at: of many connections each look costs something. */
  readonly lookEachMs?: number;
}

const SLOT_OF = {
  audio: 'microphone',
  video: 'camera',
  screen: 'screen',
  screenSound: 'screenSound',
} as const satisfies Record<keyof Flows, Slot>;

const PATIENCE_MS = 15_000;
/** Chromium's microphone beeps twice a second, and the machine's two cores may be busy with encoding for both sides. */
const LONGEST_GAP_MS = 2_500;
const LOOK_EACH_MS = 150;

/** What one side receives on one slot of one connection. */
interface Flow {
  value: number;
  /** When it was seen to have grown, and to have stood, in the page's milliseconds. */
  grewAt: number | null;
  firstSeenAt: number;
}

/**
 * Waits until the page receives what is wished and nothing that is not, and then sees that it stays so, over the same
 * connections, for this long: frames are decoded, sound is heard. Rejects naming what began not, stood or came.
 */
export async function flowsFor(
  page: ProbedPage,
  wish: Flows,
  seconds: number,
  {
    peers = 1,
    patienceMs = PATIENCE_MS,
    longestGapMs = LONGEST_GAP_MS,
    mayStumble = false,
    lookEachMs = LOOK_EACH_MS,
  }: FlowOptions = {},
): Promise<void> {
  const flows = new Map<string, Flow>();
  const deadline = performance.now() + patienceMs;
  let began: { at: number; ids: string } | null = null;
  for (;;) {
    const sample = await mediaOf(page);
    note(flows, sample);
    const faults =
      sample.peers.length === peers
        ? findFaults(flows, sample, wish, longestGapMs)
        : [`not ${peers} connections`];
    const ids = sample.peers.map(({ id }) => id).join(' ');
    if (began && ids !== began.ids) faults.push('the connection is another one');
    if (began && faults.length > 0 && mayStumble) began = null;
    if (began && faults.length > 0) {
      const after = Math.round(sample.at - began.at);
      throw new Error(`After ${after} ms: ${faults.join('; ')}; ${describe(sample)}`);
    }
    if (faults.length === 0) began ??= { at: sample.at, ids };
    if (began && sample.at - began.at >= seconds * 1_000) return;
    if (!began && performance.now() > deadline)
      throw new Error(`Waited ${patienceMs} ms in vain: ${faults.join('; ')}; ${describe(sample)}`);
    await new Promise((resolve) => setTimeout(resolve, lookEachMs));
  }
}

function note(flows: Map<string, Flow>, { at, peers }: CallMediaSample): void {
  for (const peer of peers) {
    for (const slot of Object.values(SLOT_OF)) {
      const value = received(peer, slot);
      const key = `${peer.id} ${slot}`;
      const flow = flows.get(key);
      if (!flow) flows.set(key, { value, grewAt: null, firstSeenAt: at });
      else if (value > flow.value) Object.assign(flow, { value, grewAt: at });
    }
  }
}

/** Decoded frames, or the energy of what is heard. */
function received(peer: PeerMedia, slot: Slot): number {
  const counters = peer.inbound[slot];
  if (!counters) return 0;
  return slot === 'camera' || slot === 'screen' ? counters.frames : counters.energy;
}

function findFaults(
  flows: Map<string, Flow>,
  { at, peers }: CallMediaSample,
  wish: Flows,
  longestGapMs: number,
): string[] {
  return peers.flatMap(({ id }) =>
    (Object.keys(SLOT_OF) as (keyof Flows)[]).flatMap((name) => {
      const flow = flows.get(`${id} ${SLOT_OF[name]}`);
      if (!flow || wish[name] === undefined) return [];
      const stoodMs = at - (flow.grewAt ?? flow.firstSeenAt);
      if (wish[name] && (flow.grewAt === null || stoodMs > longestGapMs))
        return [`${name} stands still for ${Math.round(stoodMs)} ms`];
      if (!wish[name] && stoodMs <= longestGapMs) return [`${name} comes`];
      return [];
    }),
  );
}

function describe({ peers }: CallMediaSample): string {
  return JSON.stringify(
    peers.map(({ id, connection, route, inbound }) => ({ id, connection, route, inbound })),
  );
}
