import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { createStore } from 'zustand/vanilla';
import { type Failure, isTemporary, toFailure } from '../net/failure.ts';
import type { CallBook, CallsOptions } from './callBook.ts';
import type { CallBeginning, CallEngine, HeldSession } from './callEngine.ts';
import type { KeptCall } from './callMemory.ts';
import type { CallRefusal, CallSnapshot, CallsState, KnownCall, RingingCall } from './callSnapshot.ts';
import { presentDevice, ringsAt } from './ownCalls.ts';

type StartWish = CallRefusal['wish'] & { kind: 'start' | 'enter' };

/** A ringing device asks this often whether it still should: an event may be missed, and nothing rings on (rule 1). */
const RING_CHECK_MS = 5_000;
const RETRY_MS = 3_000;
const LEAVE_WAIT_MS = 3_000;
/** Another own device is in the call of a room, or is no more: asked anew, there is a way in. */
const OUTDATED: readonly Failure['code'][] = ['CALL_ELSEWHERE', 'CALL_ENDED'];
const EMPTY: CallsState = { ringing: [], elsewhere: null, session: null, isMinimised: false, refusal: null };

/** Which calls there are for this person, and the one that this device is in. The server decides; this follows. */
export function createCalls(options: CallsOptions): CallBook {
  const store = createStore<CallsState>(() => EMPTY);
  const known = new Map<string, Call>();
  /** Also of calls that are over: what comes late wakes none of them. */
  const versions = new Map<string, number>();
  const ringsUntil = new Map<string, number>();
  /** Declined here, which the server may not have heard. */
  const declined = new Set<string>();
  let session: HeldSession | null = null;
  /** Of it only a notification has told; it is being answered, and does not ring meanwhile. */
  let answering: string | null = null;
  /** The call that this page was in before it was loaded anew. */
  let kept: KeptCall | null = null;
  let engine: Promise<CallEngine> | null = null;
  let checkTimer: ReturnType<typeof setInterval> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<void> = Promise.resolve();
  /** Goes up when somebody else signs in or out: what was asked before is dropped. */
  let era = 0;

  const isIn = () => session !== null && session.store.getState().phase !== 'ended';

  function hear(call: Call): void {
    if ((versions.get(call.id) ?? 0) >= call.version) return;
    versions.set(call.id, call.version);
    known.set(call.id, call);
    ringsUntil.set(call.id, options.now() + call.ringsForSeconds * 1000);
    if (session?.store.getState().callId === call.id) session.hear(call);
    if (call.phase === 'ended') forget(call.id);
    show();
  }

  function forget(callId: string): void {
    known.delete(callId);
    ringsUntil.delete(callId);
    declined.delete(callId);
  }

  function show(): void {
    const me = options.me() ?? '';
    const calls = [...known.values()];
    const own = isIn() ? session?.participantId : kept?.participantId;
    const ringing: RingingCall[] = calls
      .filter((call) => ringsAt(call, me) && !declined.has(call.id))
      .filter((call) => ![session?.store.getState().callId, answering].includes(call.id))
      .map((call) => ({ call, ringsUntil: ringsUntil.get(call.id) ?? 0 }))
      .filter((each) => each.ringsUntil > options.now());
    const elsewhere = calls.find((call) => ![undefined, own].includes(presentDevice(call, me))) ?? null;
    store.setState({ ringing, elsewhere });
    clearInterval(checkTimer);
    if (ringing.length === 0) return;
    // The screens that ring want the code at once when it is answered.
    void load().catch(() => undefined);
    checkTimer = setInterval(() => void refresh(), RING_CHECK_MS);
  }

  /** Asks which calls there are. What is not named any more is over. */
  async function refresh(how?: 'once'): Promise<void> {
    const own = era;
    const before = new Map(known);
    const answer = await options
      .api()
      .current({})
      .catch(() => null);
    if (own !== era || options.me() === null) return;
    if (answer === null) {
      if (how === 'once') return show();
      clearTimeout(retryTimer);
      retryTimer = setTimeout(() => void refresh(), RETRY_MS);
      return show();
    }
    const named = new Set(answer.calls.map((call) => call.id));
    for (const [id, call] of before) if (!named.has(id) && known.get(id) === call) forget(id);
    for (const call of answer.calls) hear(call);
    for (const id of declined) void tellDeclined(id);
    const callId = session?.store.getState().callId;
    if (isIn() && callId !== undefined && before.has(callId) && !named.has(callId)) session?.lookAgain();
    show();
  }

  async function tellDeclined(id: string): Promise<void> {
    try {
      hear((await options.api().decline({ id })).call);
      declined.delete(id);
    } catch (error) {
      // Told again with the next look; it rings nowhere for longer than the server lets it.
      if (!isTemporary(toFailure(error).code)) forget(id);
    }
  }

  function load(): Promise<CallEngine> {
    engine ??= options.loadEngine().catch((error: unknown) => {
      engine = null;
      throw error;
    });
    return engine;
  }

  async function begin(
    beginning: CallBeginning,
    wish: CallRefusal['wish'] | null,
    isAgain = false,
  ): Promise<void> {
    const own = era;
    store.setState({ refusal: null, isMinimised: false });
    try {
      const { begin: beginSession } = await load();
      if (own !== era) return;
      session = beginSession(beginning);
    } catch (error) {
      if (wish) store.setState({ refusal: { failure: toFailure(error), wish } });
      return;
    }
    const begun = session;
    store.setState({ session: begun });
    const stops = [begun.store.subscribe(follow), begun.media.store.subscribe(remember)];

    function remember(): void {
      const { callId } = begun.store.getState();
      const { isCameraOn: isWithCamera, isMicrophoneOn, tracks } = begun.media.store.getState();
      const isWithMicrophone = tracks.microphone ? isMicrophoneOn : beginning.isWithMicrophone !== false;
      options.memory.keep({ callId, participantId: begun.participantId, isWithCamera, isWithMicrophone });
    }

    function follow(now: CallSnapshot, before: CallSnapshot): void {
      if (now.callId === before.callId && now.phase === before.phase) return;
      // Where both called at once this is the other's call, of which word may have come before the answer did.
      const heard = now.callId === before.callId ? undefined : known.get(now.callId);
      if (heard) begun.hear(heard);
      // What follows from that has been followed.
      if (begun.store.getState().phase !== now.phase) return;
      if (now.phase === 'ended') options.memory.forget(begun.participantId);
      else remember();
      show();
      if (now.phase !== 'ended') return;
      for (const stop of stops.splice(0)) stop();
      if (now.failure && wish) {
        session = null;
        const isOutdated = wish.kind === 'enter' && !isAgain && OUTDATED.includes(now.failure.code);
        store.setState({ session: null, refusal: isOutdated ? null : { failure: now.failure, wish } });
        if (isOutdated) void refresh().then(() => inTurn(() => start(wish, false, true)));
      }
    }
    show();
  }

  async function lookUp(how?: 'once'): Promise<void> {
    if (!isIn()) kept = await options.memory.recall();
    await refresh(how);
    if (how !== 'once') await inTurn(resume);
  }

  /** After a reload this device goes on where it was. */
  async function resume(): Promise<void> {
    const wanted = kept;
    kept = null;
    if (!wanted || isIn()) return;
    const call = known.get(wanted.callId);
    if (!call) return options.memory.forget(wanted.participantId);
    await begin({ ...wanted, kind: 'join', call, takesOver: false, leavesOther: false }, null);
  }

  /** Over here at once; the next call waits a moment for the server to know. */
  function endOwn(): Promise<unknown> {
    return Promise.race([session?.hangUp(), new Promise((resolve) => setTimeout(resolve, LEAVE_WAIT_MS))]);
  }

  /** One wish after another: two at once would make two sessions. */
  function inTurn(run: () => Promise<void>): Promise<void> {
    const own = era;
    turn = turn.then(() => (own === era ? run() : undefined));
    return turn;
  }

  async function leaveElsewhere(): Promise<void> {
    const { elsewhere } = store.getState();
    const participantId = elsewhere && presentDevice(elsewhere, options.me() ?? '');
    if (elsewhere && participantId) await options.api().leave({ id: elsewhere.id, participantId });
  }

  async function start(wish: StartWish, leavesOther = false, isAgain = false): Promise<void> {
    const { chatId, media } = wish;
    const refuse = (failure: Failure) => store.setState({ refusal: { failure, wish } });
    if (isIn() && session?.store.getState().chatId === chatId) return store.setState({ isMinimised: false });
    if (isIn() && !leavesOther) return refuse({ code: 'CALL_BUSY' });
    try {
      if (isIn()) await endOwn();
      else if (leavesOther) await refresh().then(leaveElsewhere);
    } catch (error) {
      return refuse(toFailure(error));
    }
    const own = { id: options.createId(), participantId: options.createId() };
    const { elsewhere } = store.getState();
    if (wish.kind === 'start') {
      const rings = { kind: 'start', isRoom: false, isWithCamera: media === 'video' } as const;
      await begin({ ...own, ...rings, chatId, media }, wish);
    } else if (elsewhere?.chatId === chatId) {
      const over = { kind: 'join', call: elsewhere, takesOver: true, leavesOther: false } as const;
      await begin({ ...wish, participantId: own.participantId, ...over }, wish, isAgain);
    } else await begin({ ...wish, ...own, kind: 'start', isRoom: true }, wish, isAgain);
  }

  async function answer(callId: string, isWithCamera: boolean): Promise<void> {
    const call = known.get(callId);
    return call ? join(call, isWithCamera) : refresh();
  }

  async function join(call: KnownCall, isWithCamera: boolean): Promise<void> {
    // A second tap, before the screen has changed.
    if (isIn() && session?.store.getState().callId === call.id) return store.setState({ isMinimised: false });
    if (isIn()) await endOwn();
    const beginning = { isWithCamera, call, takesOver: false, leavesOther: true };
    await begin({ ...beginning, kind: 'join', participantId: options.createId() }, { kind: 'answer', call });
  }

  async function answerKnown(call: KnownCall, isWithCamera: boolean): Promise<void> {
    answering = call.id;
    await join(known.get(call.id) ?? call, isWithCamera);
    answering = null;
    show();
  }

  async function continueHere(): Promise<void> {
    const call = store.getState().elsewhere;
    if (!call || isIn()) return;
    const beginning = { isWithCamera: call.media === 'video', call, takesOver: true, leavesOther: false };
    await begin({ ...beginning, kind: 'join', participantId: options.createId() }, { kind: 'answer', call });
  }

  return {
    store,
    hear,
    hearSignal(signal) {
      if (session?.store.getState().callId === signal.callId) session.hearSignal(signal);
    },
    hearRoom(news) {
      if (isIn()) session?.hearRoom(news);
    },
    connected() {
      if (isIn()) session?.lineRestored();
      void lookUp();
    },
    disconnected: () => session?.lineLost(),
    refresh: (how) => void (how === 'once' ? lookUp(how) : refresh()),
    networkChanged: () => session?.networkChanged(),
    start: ({ leavesOther, ...wish }) => inTurn(() => start({ ...wish, kind: 'start' }, leavesOther)),
    enterRoom: ({ leavesOther, ...wish }) => inTurn(() => start({ ...wish, kind: 'enter' }, leavesOther)),
    answer: (callId, { isWithCamera }) => inTurn(() => answer(callId, isWithCamera)),
    answerKnown: (call, { isWithCamera }) => inTurn(() => answerKnown(call, isWithCamera)),
    async decline(callId) {
      declined.add(callId);
      show();
      await tellDeclined(callId);
    },
    continueHere: () => inTurn(continueHere),
    openMedia: async () => (await load()).media,
    setMinimised: (isMinimised) => store.setState({ isMinimised }),
    dismiss() {
      if (!isIn()) session = null;
      store.setState({ refusal: null, session });
      show();
    },
    stop() {
      era += 1;
      clearInterval(checkTimer);
      clearTimeout(retryTimer);
      void session?.hangUp();
      session = null;
      for (const each of [known, versions, ringsUntil, declined]) each.clear();
      store.setState(EMPTY, true);
    },
  };
}
