import { presentParticipants } from '@ahoy/shared/domain/call.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installVirtualTime } from '../net/test/virtualTime.ts';
import { createFakeCallDevice, type FakeCallDevice } from './test/fakeCallDevice.ts';
import { createFakeCallServer } from './test/fakeCallServer.ts';
import { createFakeAir } from './test/fakeTransport.ts';

const RUNS = 400;
/** Longer than any call rings, and than a silent device is waited for. */
const REST_MS = 120_000;
/** Within this a device that can be reached knows that it shall not ring any more. */
const STOPS_WITHIN_MS = 1_000;

const OWNERS = ['ada', 'ada', 'bob', 'bob', 'cy'];
const CHATS: Record<string, readonly string[]> = {
  ...{ 'ada-bob': ['ada', 'bob'], 'ada-cy': ['ada', 'cy'], 'bob-cy': ['bob', 'cy'] },
};
const ROOMS = ['room', 'garden'] as const;
/** The third is told that the room is full. */
const CAPACITY = 2;

const ACTS = [
  'start',
  'switch',
  'answer',
  'decline',
  'hangUp',
  'here',
  'cut',
  'join',
  'lose',
  'reload',
  'close',
  'enter',
  'enterInstead',
  'endRoom',
  'remove',
  'wait',
] as const;
type Act = [act: (typeof ACTS)[number], who: number, pick: number];

/** Both call at once; word of the other's new device comes before the answer to one's own start does. */
const TAKEN_OVER_IN_GLARE: [Act[], number] = [
  [
    ['start', 0, 2],
    ['close', 0, 0],
    ['start', 0, 1],
    ['here', 0, 0],
    ['start', 2, 0],
  ],
  961849111,
];
/** Another own device goes on with the call before the answer to its start comes. */
const TAKEN_OVER_IN_START: [Act[], number] = [
  [
    ['start', 0, 2],
    ['cut', 0, 0],
    ['start', 2, 0],
    ['here', 1, 0],
    ['start', 0, 1],
  ],
  1744830397,
];
const history = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat(4), fc.nat(5)), {
  maxLength: 40,
  size: 'max',
});

describe('after any history', () => {
  it(
    'every device shows the one state that the server has, nobody rings and no microphone is left on',
    () =>
      fc.assert(
        fc.asyncProperty(history, fc.nat(), async (acts, seed) => {
          const world = createWorld(seed);
          try {
            for (const [act, who, pick] of acts) await world.act(act, who, pick);
            await world.settle();
            world.checkAtRest();
          } finally {
            world.end();
          }
        }),
        { numRuns: RUNS, examples: [TAKEN_OVER_IN_GLARE, TAKEN_OVER_IN_START] },
      ),
    120_000,
  );
});

describe('a call', () => {
  it('answered on one device stops ringing at the others, which offer to go on with it', async () => {
    const world = createWorld(1);
    const [ada, , bob, otherBob] = world.devices;
    await world.act('start', 0, 0);
    await world.pass(2_000);
    expect(ringingAt(bob)).toBe(1);
    expect(ringingAt(otherBob)).toBe(1);
    await world.act('answer', 2, 0);
    await world.pass(2_000);
    expect(phaseOf(ada)).toBe('active');
    expect(phaseOf(bob)).toBe('active');
    expect(ringingAt(otherBob)).toBe(0);
    expect(otherBob?.book().store.getState().elsewhere).not.toBeNull();
    await world.act('here', 3, 0);
    await world.pass(2_000);
    expect(phaseOf(otherBob)).toBe('active');
    expect(bob?.book().store.getState().session?.store.getState()).toMatchObject({
      phase: 'ended',
      ending: 'elsewhere',
    });
    world.end();
  });

  it.each([5, 6, 7, 8])(
    'answered from a notification is joined with one request by a page that knows nothing else, and never rings there (seed %i)',
    async (seed) => {
      const world = createWorld(seed);
      const [ada, , bob] = world.devices;
      bob?.setOnline(false);
      await world.act('start', 0, 0);
      await world.pass(2_000);
      const held = ada?.book().store.getState().session?.store.getState();
      bob?.setOnline(true);
      const known = {
        id: held?.callId ?? '',
        chatId: held?.chatId ?? '',
        media: 'audio',
        phase: 'ringing',
      } as const;
      void bob?.book().answerKnown(known, { isWithCamera: false });
      for (let step = 0; step < 40; step += 1) {
        await world.pass(50);
        expect(ringingAt(bob)).toBe(0);
      }
      expect([phaseOf(ada), phaseOf(bob)]).toEqual(['active', 'active']);
      expect(world.countJoins()).toBe(1);
      world.end();
    },
  );

  it('that is over by the time its notification is answered says so, and can be called back', async () => {
    const world = createWorld(6);
    const [ada, , bob] = world.devices;
    await world.act('start', 0, 0);
    await world.pass(2_000);
    const callId = ada?.book().store.getState().session?.store.getState().callId ?? '';
    await world.act('hangUp', 0, 0);
    await world.pass(2_000);
    const known = { id: callId, chatId: 'ada-bob', media: 'audio', phase: 'ringing' } as const;
    void bob?.book().answerKnown(known, { isWithCamera: false });
    await world.pass(2_000);
    const { session, refusal } = bob?.book().store.getState() ?? {};
    expect(session).toBeNull();
    expect(refusal).toMatchObject({ failure: { code: 'CALL_ENDED' }, wish: { call: { chatId: 'ada-bob' } } });
    expect(bob?.isMediaOpen()).toBe(false);
    world.end();
  });

  it('goes on after a reload, and after half a minute without a server', async () => {
    const world = createWorld(2);
    const [ada, , bob] = world.devices;
    await world.act('start', 0, 0);
    await world.pass(2_000);
    await world.act('answer', 2, 0);
    await world.pass(2_000);
    await world.act('reload', 2, 0);
    await world.pass(3_000);
    expect([phaseOf(ada), phaseOf(bob)]).toEqual(['active', 'active']);
    ada?.setOnline(false);
    await world.pass(40_000);
    ada?.setOnline(true);
    await world.pass(10_000);
    // Its media was heard all the time, so nobody took it for gone.
    expect([phaseOf(ada), phaseOf(bob)]).toEqual(['active', 'active']);
    world.end();
  });

  it('that nobody answers is missed after a minute, on every side', async () => {
    const world = createWorld(3);
    const [ada, , bob] = world.devices;
    await world.act('start', 0, 0);
    await world.pass(63_000);
    expect(ada?.book().store.getState().session?.store.getState()).toMatchObject({
      phase: 'ended',
      ending: 'missed',
    });
    expect(ringingAt(bob)).toBe(0);
    world.end();
  });

  it('while one is in another is offered as a switch, and taking it ends the first', async () => {
    const world = createWorld(4);
    const [ada, , bob, , cy] = world.devices;
    await world.act('start', 0, 0);
    await world.pass(2_000);
    await world.act('answer', 2, 0);
    await world.pass(2_000);
    await world.act('start', 0, 1);
    expect(ada?.book().store.getState().refusal).toMatchObject({ failure: { code: 'CALL_BUSY' } });
    await world.act('switch', 0, 1);
    await world.pass(2_000);
    expect(phaseOf(ada)).toBe('ringing');
    expect(phaseOf(bob)).toBe('ended');
    expect(ringingAt(cy)).toBe(1);
    world.end();
  });
});

const WISH = { media: 'video', isWithCamera: true, isWithMicrophone: true } as const;

describe('the call of a room', () => {
  it('goes on while one is alone in it, rings at nobody, and takes in as many as fit', async () => {
    const world = createWorld(9);
    const [ada, , bob, , cy] = world.devices;
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    expect(shownOf(ada)).toMatchObject({ kind: 'room', phase: 'active', isOutgoing: false, remotes: [] });
    expect(ringingAt(bob)).toBe(0);
    void bob?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    expect(shownOf(ada)).toMatchObject({ remotes: [{ userId: 'bob', connection: 'connected' }] });
    void cy?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    expect(cy?.book().store.getState()).toMatchObject({
      session: null,
      refusal: { failure: { code: 'CALL_FULL', limit: CAPACITY }, wish: { kind: 'enter', chatId: 'room' } },
    });
    expect(cy?.isMediaOpen()).toBe(false);
    await world.act('hangUp', 0, 0);
    await world.pass(2_000);
    expect(shownOf(bob)).toMatchObject({ phase: 'active', remotes: [] });
    void cy?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    expect(shownOf(bob)).toMatchObject({ phase: 'active', remotes: [{ userId: 'cy' }] });
    world.end();
  });

  it('goes on at the device that one enters it from next', async () => {
    const world = createWorld(10);
    const [ada, otherAda, bob] = world.devices;
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    void bob?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    void otherAda?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    expect(shownOf(ada)).toMatchObject({ phase: 'ended', ending: 'elsewhere' });
    expect(shownOf(otherAda)).toMatchObject({ kind: 'room', phase: 'active', remotes: [{ userId: 'bob' }] });
    world.end();
  });

  it('is entered though the device that was in it is gone, or was not known of', async () => {
    const world = createWorld(14);
    const [ada, otherAda] = world.devices;
    otherAda?.setOnline(false);
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    otherAda?.setOnline(true);
    void otherAda?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(4_000);
    expect(shownOf(otherAda)).toMatchObject({ kind: 'room', phase: 'active' });
    await world.pass(2_000);
    ada?.setOnline(false);
    await world.act('hangUp', 1, 0);
    await world.pass(2_000);
    expect(ada?.book().store.getState().elsewhere).not.toBeNull();
    ada?.setOnline(true);
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(4_000);
    expect(shownOf(ada)).toMatchObject({ kind: 'room', phase: 'active' });
    expect(ada?.book().store.getState().refusal).toBeNull();
    world.end();
  });

  it('is left by a removed person at once, who does not come back, and by all when the host ends it', async () => {
    const world = createWorld(11);
    const [ada, , bob, , cy] = world.devices;
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    void bob?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(3_000);
    world.server.remove('room', 'bob');
    await world.pass(2_000);
    expect(shownOf(bob)).toMatchObject({ phase: 'ended', ending: 'removed' });
    expect(bob?.isMediaOpen()).toBe(false);
    void bob?.book().enterRoom({ ...WISH, chatId: 'room' });
    void cy?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(3_000);
    expect(bob?.book().store.getState().refusal).toMatchObject({ failure: { code: 'NOT_FOUND' } });
    world.server.endRoom('room');
    await world.pass(2_000);
    for (const device of [ada, cy])
      expect(shownOf(device)).toMatchObject({ phase: 'ended', ending: 'hungUp' });
    world.end();
  });

  it('goes on after a reload, with the microphone as it was', async () => {
    const world = createWorld(12);
    const [ada] = world.devices;
    void ada?.book().enterRoom({ ...WISH, chatId: 'room', isWithMicrophone: false });
    await world.pass(2_000);
    await world.act('reload', 0, 0);
    await world.pass(3_000);
    expect(shownOf(ada)).toMatchObject({ kind: 'room', phase: 'active' });
    expect(ada?.isMediaOpen()).toBe(false);
    world.end();
  });

  it('mutes whom the host asks to be silent, until they speak again themselves', async () => {
    const world = createWorld(13);
    const [ada] = world.devices;
    void ada?.book().enterRoom({ ...WISH, chatId: 'room' });
    await world.pass(2_000);
    ada?.book().hearRoom({ kind: 'mute', chatId: 'garden', byId: 'bob' });
    expect(ada?.isMediaOpen()).toBe(true);
    ada?.book().hearRoom({ kind: 'mute', chatId: 'room', byId: 'bob' });
    expect(ada?.isMediaOpen()).toBe(false);
    expect(shownOf(ada)).toMatchObject({ mutedBy: 'bob' });
    void ada?.book().store.getState().session?.media.setMicrophone(true);
    expect(shownOf(ada)).toMatchObject({ mutedBy: null });
    world.end();
  });
});

const shownOf = (device: FakeCallDevice | undefined) =>
  device?.book().store.getState().session?.store.getState();
const phaseOf = (device: FakeCallDevice | undefined) =>
  device?.book().store.getState().session?.store.getState().phase;
const ringingAt = (device: FakeCallDevice | undefined) => device?.book().store.getState().ringing.length;

function createWorld(seed: number) {
  const time = installVirtualTime(seed);
  const devices: FakeCallDevice[] = [];
  const server = createFakeCallServer({
    now: time.now,
    membersOf: (chatId) => CHATS[chatId] ?? [],
    rooms: new Map(ROOMS.map((chatId) => [chatId, new Set(OWNERS)])),
    capacity: CAPACITY,
    announce(call, userIds) {
      for (const device of devices) if (userIds.includes(device.userId)) device.hear(call);
    },
  });
  const air = createFakeAir();
  for (const [index, userId] of OWNERS.entries()) {
    devices.push(createFakeCallDevice({ name: `${userId} ${index}`, userId, server, air, time, createId }));
  }

  /** Nobody who can be reached rings on when the server says no. */
  async function pass(ms: number): Promise<void> {
    await time.advance(ms);
  }

  return {
    devices,
    server,
    pass,
    countJoins: server.countJoins,
    async act(act: (typeof ACTS)[number], who: number, pick: number): Promise<void> {
      const device = devices[who];
      if (!device) return;
      const { store, start, enterRoom, answer, decline, continueHere } = device.book();
      const { ringing, session } = store.getState();
      const chats = Object.keys(CHATS).filter((id) => CHATS[id]?.includes(device.userId));
      const chatId = chats[pick % chats.length] ?? '';
      const rings = ringing[pick % Math.max(1, ringing.length)]?.call.id;
      if (act === 'start') void start({ chatId, media: 'audio' });
      if (act === 'switch') void start({ chatId, media: 'audio', leavesOther: true });
      if (act === 'answer' && rings) void answer(rings, { isWithCamera: false });
      if (act === 'decline' && rings) void decline(rings);
      if (act === 'hangUp') void session?.hangUp();
      if (act === 'here') void continueHere();
      if (act === 'cut') device.setOnline(false);
      if (act === 'join') device.setOnline(true);
      if (act === 'lose') device.loseNextAnswer();
      if (act === 'reload') device.reload();
      if (act === 'close') device.closeTab();
      const room = ROOMS[pick % ROOMS.length] ?? ROOMS[0];
      if (act === 'enter') void enterRoom({ ...WISH, chatId: room });
      if (act === 'enterInstead') void enterRoom({ ...WISH, chatId: room, leavesOther: true });
      if (act === 'endRoom') server.endRoom(room);
      if (act === 'remove') server.remove(room, device.userId);
      await time.advance(act === 'wait' ? pick * 7_000 : pick * 150);
    },
    async settle(): Promise<void> {
      for (const device of devices) device.setOnline(true);
      await time.advance(REST_MS);
      await time.advance(STOPS_WITHIN_MS);
    },
    checkAtRest(): void {
      const open = server.openCalls();
      for (const { state } of open) expect(state.phase, 'nothing rings for ever').toBe('active');
      for (const device of devices) {
        const { ringing, session, elsewhere } = device.book().store.getState();
        const now = session?.store.getState();
        const isIn = now !== undefined && now.phase !== 'ended';
        const participants = open.flatMap(({ state }) => presentParticipants(state));
        const mine = participants.filter((each) => each.userId === device.userId);
        expect(ringing, `${device.name} does not ring`).toEqual([]);
        expect(mine.length, `${device.name}: one device of a person is in a call`).toBeLessThanOrEqual(1);
        if (isIn) {
          expect(now.phase, device.name).toBe('active');
          expect(
            open.some(({ state }) => state.id === now.callId),
            `${device.name}: its call goes on`,
          ).toBe(true);
        }
        expect(device.isMediaOpen(), `${device.name}: the microphone is on in a call only`).toBe(isIn);
        const isElsewhere = mine.length === 1 && !isIn;
        expect(elsewhere !== null, `${device.name}: knows of the other device`).toBe(isElsewhere);
      }
      // Whoever is in a call by the server's word has a page that is in it, too.
      const inCalls = devices.filter((device) => !['ended', undefined].includes(phaseOf(device)));
      expect(inCalls.length).toBe(open.flatMap(({ state }) => presentParticipants(state)).length);
    },
    end(): void {
      server.stop();
      for (const device of devices) device.closeTab();
      time.uninstall();
    },
  };
}
