import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { createStore } from 'zustand/vanilla';
import type { Api } from '../net/api.ts';
import { type Failure, isTemporary, toFailure } from '../net/failure.ts';
import { endingOf, endingOfRefusal } from './callEnding.ts';
import type { CallBeginning, HeldSession } from './callEngine.ts';
import { type CallIce, followIceServers } from './callIce.ts';
import type { CallLine } from './callLine.ts';
import { type EnteredCall, requestCall, requestLeave } from './callRequests.ts';
import type { CallEnding, CallSnapshot, KnownCall } from './callSnapshot.ts';
import { countFrom, firstSnapshot, isEveryoneBusy, kindOf } from './firstSnapshot.ts';
import { createGroupActs } from './groupActs.ts';
import type { IceSettings, Transport } from './link/transport.ts';
import type { LocalMedia } from './media/localMedia.ts';
import { openFor } from './openFor.ts';
import { isPresentIn, presentDevice } from './ownCalls.ts';
import { createQualitySummary } from './quality/summarizeQuality.ts';
import { watchVoice } from './quality/watchVoice.ts';
import { createSignalQueue } from './signalQueue.ts';

export type SessionOptions = {
  api: Api['calls'];
  line: CallLine;
  me: string;
  media: LocalMedia;
  beginning: CallBeginning;
  /** Known since it rang. */
  ringingIce?: EnteredCall['ice'];
  createTransport: (parts: TransportParts) => Promise<Transport>;
  /** Whether the app is looked at, and word of changes. */
  background: { isHidden: () => boolean; subscribe: (listener: () => void) => () => void };
  /** Milliseconds of the epoch. */
  now: () => number;
};

export type TransportParts = {
  callId: string;
  participantId: string;
  ice: IceSettings;
  send: (to: string, payload: string) => void;
  onReaction: (participantId: string, emoji: string) => void;
  summary: ReturnType<typeof createQualitySummary>;
};

const REPORT_EVERY_MS = 30_000;
const LOST_AFTER_MS = 5_000;
/** A socket that stands again by then is not worth a word. */
const LINE_GRACE_MS = 2_000;

/** One call at this device, from the wish to the end. Owns its transport, timers and the microphone while it lasts. */
export function createCallSession(options: SessionOptions): HeldSession {
  const { api, line, me, media, beginning, ringingIce, now } = options;
  const { participantId } = beginning;
  const store = createStore<CallSnapshot>(() => firstSnapshot(beginning));
  const summary = createQualitySummary();
  const signals = createSignalQueue({ line, callId: () => store.getState().callId, participantId });
  const early: { from: string; payload: string }[] = [];
  const acts = createGroupActs({
    ...{ store, media, participantId, now, transport: () => transport, tellMedia: sendMedia },
    onRemoved: () => end('removed'),
  });
  const stops: (() => void)[] = [() => signals.stop(), () => clearTimeout(lineTimer), acts.stop];
  let transport: Transport | null = null;
  let ice: CallIce | null = null;
  let unheardSince: number | null = null;
  let isReporting = false;
  let lineTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the server has heard from this socket that we are in: only then signals reach us. */
  let isAnnounced = false;

  const isOver = () => store.getState().phase === 'ended';

  async function begin(): Promise<void> {
    openFor(beginning, media);
    try {
      const asked = requestCall(api, beginning, { now, isWanted: () => !isOver() });
      // Whoever answers knows the call, and with whom: all is made ready while the server is told, and not before.
      if (beginning.kind === 'join' && beginning.call.participants)
        setTimeout(() => void prepare(beginning.call, ringingIce));
      const { call, ice: known } = await asked;
      if (isOver()) return void requestLeave(api, { callId: call.id, participantId }, { now });
      store.setState({ callId: call.id, chatId: call.chatId, media: call.media });
      take(call);
      if (!isOver()) connect(call, known);
    } catch (error) {
      // It may have come to be nevertheless, when only the answer was lost.
      if (isOver()) void requestLeave(api, { callId: store.getState().callId, participantId }, { now });
      end('failed', toFailure(error));
    }
  }

  function connect(call: Call, known: EnteredCall['ice']): void {
    void prepare(call, known);
    const heartbeat = setInterval(() => void sayInCall(), LIMITS.inCallEverySeconds * 1000);
    const report = setInterval(() => void reportQuality(), REPORT_EVERY_MS);
    const voice = watchVoice({
      readLevel: media.readLevel,
      onChange: (isSpeaking) => store.setState({ isSpeaking }),
    });
    stops.push(
      () => clearInterval(heartbeat),
      () => clearInterval(report),
      voice.stop,
    );
  }

  /** Makes the transport, once. What it has to tell waits until the server knows that we are in. */
  async function prepare(call: KnownCall, known?: EnteredCall['ice']): Promise<void> {
    if (ice || isOver()) return;
    const { id: callId, participants = [] } = call;
    const asked = followIceServers({
      ...{ api, callId, known, onRenewed: (settings) => transport?.setIce(settings) },
    });
    ice = asked;
    stops.push(() => asked.stop());
    const settings = await asked.first;
    if (isOver()) return;
    const made = await options.createTransport({
      ...{ callId, participantId, ice: settings, send: signals.send, summary, onReaction: acts.hearReaction },
    });
    if (isOver()) return made.close();
    transport = made;
    stops.push(
      transport.store.subscribe(show),
      media.store.subscribe(sendMedia),
      options.background.subscribe(sendMedia),
    );
    sendMedia();
    acts.attached();
    // Until the server has told more.
    place(store.getState().call?.participants ?? participants);
    for (const { from, payload } of early.splice(0)) transport.hearSignal(from, payload);
    if (isAnnounced || beginning.kind === 'join') transport.announce();
  }

  function sendMedia(): void {
    const { tracks, isMicrophoneOn, isCameraOn, isScreenOn } = media.store.getState();
    const isInBackground = options.background.isHidden();
    const { isHandRaised } = store.getState();
    transport?.send(tracks, { isMicrophoneOn, isCameraOn, isScreenOn, isInBackground, isHandRaised });
    acts.followMedia();
  }

  async function sayInCall(): Promise<void> {
    const isFirst = !isAnnounced;
    const hears = transport?.heard() ?? [];
    const answer = line.sayInCall({ callId: store.getState().callId, participantId, hears });
    // The server takes one after the other: what waits need not wait for its word.
    if (isFirst) signals.resume();
    const isIn = await answer;
    if (isOver()) return;
    store.setState({ isSignalingLost: isIn === null });
    if (isIn === false) return lookAgain();
    if (isIn === null) return;
    isAnnounced = true;
    signals.resume();
    if (!transport) return;
    if (isFirst) transport.announce();
  }

  function hear(call: Call): void {
    // Word from before the server let us in.
    const isEarly = !store.getState().call && call.phase !== 'ended' && !isPresentIn(call, participantId);
    if (!isEarly) take(call);
  }

  function take(call: Call): void {
    const held = store.getState().call;
    if (isOver() || (held && held.version >= call.version)) return;
    const [kind, isOtherBusy] = [kindOf(call), isEveryoneBusy(call)];
    const isOutgoing = call.startedBy === me && kind === 'direct';
    const answeredAt = store.getState().answeredAt ?? countFrom(call, beginning, now());
    store.setState({ call, kind, answeredAt, isOutgoing, isOtherBusy });
    // Signals wait for that alone.
    if (!held && isPresentIn(call, participantId)) void sayInCall();
    if (call.phase === 'ended') end(endingOf(call, { wasLost: isLost() }));
    else if (isPresentIn(call, participantId)) place();
    else void outOfIt(call);
    show();
  }

  /** The server took us out: another device of ours goes on, or we were silent for too long and come back. */
  async function outOfIt(call: Call): Promise<void> {
    if (presentDevice(call, me) !== undefined) return end('elsewhere');
    try {
      const again = await api.join({ id: call.id, participantId, takesOver: false, leavesOther: false });
      hear(again.call);
      void sayInCall();
    } catch (error) {
      const failure = toFailure(error);
      if (!isTemporary(failure.code)) end(endingOfRefusal(call, failure.code));
    }
  }

  async function lookAgain(): Promise<void> {
    const { callId, phase } = store.getState();
    if (phase === 'starting') return;
    try {
      const { call } = await api.details({ id: callId });
      const held = store.getState().call;
      if (held && held.version === call.version && !isPresentIn(call, participantId)) void outOfIt(call);
      else hear(call);
    } catch (error) {
      if (toFailure(error).code === 'NOT_FOUND') end('lost');
    }
  }

  /** Whom this device connects to. */
  function place(participants = store.getState().call?.participants): void {
    if (!participants || !transport) return;
    const others = participants.filter((each) => each.isPresent && each.userId !== me);
    transport.setPeers(others.map(({ id, userId }) => ({ participantId: id, userId })));
  }

  function show(): void {
    if (isOver()) return;
    const { call, kind, phase: before } = store.getState();
    const { remotes, isPictureHeld } = transport?.store.getState() ?? { remotes: [], isPictureHeld: false };
    const isConnected = remotes.some((each) => each.connection === 'connected');
    // A room waits for others.
    const wasActive = before === 'active' || isConnected || kind === 'room';
    const phase = call?.phase === 'ringing' ? 'ringing' : wasActive ? 'active' : 'connecting';
    const isHeard = phase !== 'active' || isConnected || (kind === 'room' && remotes.length === 0);
    unheardSince = isHeard ? null : (unheardSince ?? now());
    store.setState({ phase: call ? phase : 'starting', remotes, isPictureHeld });
    acts.followRemotes(remotes);
  }

  /** One who hangs up closes the link a moment before the server tells. */
  const isLost = () => unheardSince !== null && now() - unheardSince > LOST_AFTER_MS;

  function end(ending: CallEnding, failure: Failure | null = null): void {
    if (isOver()) return;
    const { phase } = store.getState();
    store.setState({ phase: 'ended', ending, failure });
    void reportQuality();
    for (const stop of stops.splice(0)) stop();
    if (ending === 'elsewhere' && phase === 'active') void handOver();
    else close();
  }

  /** Sends on until the other device is heard, so that nobody meets a hole. */
  async function handOver(): Promise<void> {
    await transport?.drain();
    close();
  }

  function close(): void {
    transport?.close();
    media.close();
  }

  async function reportQuality(): Promise<void> {
    const quality = summary.toQuality();
    if (quality.seconds === 0 || isReporting) return;
    isReporting = true;
    // Only for the call's details: what cannot be told now is told with the next report, or not at all.
    await api.reportQuality({ id: store.getState().callId, participantId, quality }).catch(() => undefined);
    isReporting = false;
  }

  // The first snapshot is seen before anything can end it.
  queueMicrotask(() => void begin());

  return {
    store,
    media,
    participantId,
    async hangUp() {
      if (isOver()) return;
      const { call, callId, isOutgoing, phase } = store.getState();
      end(isOutgoing && (phase === 'starting' || phase === 'ringing') ? 'cancelled' : 'left');
      if (call) await requestLeave(api, { callId, participantId }, { now });
    },
    setVolume: (other, volume) => transport?.setVolume(other, volume),
    ...{ setHandRaised: acts.setHandRaised, react: acts.react, setSeen: acts.setSeen },
    ...{ hear, hearRoom: acts.hearRoom },
    hearSignal({ from, payload }) {
      if (transport) transport.hearSignal(from, payload);
      else early.push({ from, payload });
    },
    lineLost() {
      lineTimer ??= setTimeout(() => {
        lineTimer = undefined;
        if (isAnnounced) void sayInCall();
      }, LINE_GRACE_MS);
    },
    lineRestored() {
      void sayInCall().then(() => {
        if (!isOver() && isAnnounced) transport?.recover('line');
      });
    },
    networkChanged: () => transport?.recover('network'),
    lookAgain: () => void lookAgain(),
  };
}
