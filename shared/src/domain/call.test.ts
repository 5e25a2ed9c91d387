import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallEvent,
  type CallState,
  presentParticipants,
  ringingUserIds,
  startCall,
  stepCall,
} from './call.ts';

const RING_MS = 60_000;
const LONGEST_MS = 3_600_000;
const CAPACITY = 2;

describe('a call between two people', () => {
  it('is answered by the first device of the other one; the second learns that it is elsewhere', () => {
    const active = play(ring(), join('bob', 'phone'));
    expect(active).toMatchObject({ phase: 'active', outcome: 'answered', answeredAt: 1 });
    expect(ringingUserIds(active)).toEqual([]);
    expect(stepCall(active, join('bob', 'laptop'), 2)).toEqual({ refusal: 'elsewhere' });
  });

  it('goes on at another device of the same person without ending for the other', () => {
    const moved = play(ring(), join('bob', 'phone'), { ...join('bob', 'laptop'), takesOver: true });
    expect(moved.phase).toBe('active');
    expect(presentParticipants(moved).map(({ id }) => id)).toEqual(['adas', 'laptop']);
  });

  it('is declined, cancelled, missed or busy, once', () => {
    expect(play(ring(), { kind: 'decline', userId: 'bob' }).outcome).toBe('declined');
    expect(play(ring(), leave('ada', 'adas')).outcome).toBe('cancelled');
    expect(tick(ring(), RING_MS - 1).phase).toBe('ringing');
    expect(tick(ring(), RING_MS)).toMatchObject({ phase: 'ended', outcome: 'missed' });
    expect(tick(ring({ isBusy: true }), RING_MS).outcome).toBe('busy');
  });

  it('ends as answered when one leaves, or is lost', () => {
    const active = play(ring(), join('bob', 'phone'));
    expect(play(active, leave('bob', 'phone'))).toMatchObject({ phase: 'ended', outcome: 'answered' });
    expect(play(active, { kind: 'lose', participantIds: ['adas'] }).phase).toBe('ended');
    expect(tick(active, LONGEST_MS)).toMatchObject({ phase: 'ended', outcome: 'answered' });
  });

  it('goes on for a device that comes back under its own id', () => {
    const active = play(ring(), join('bob', 'phone'));
    expect(play(active, join('bob', 'phone'))).toEqual(active);
  });

  it('lets nobody in who was not asked, nor anybody under the id of another', () => {
    expect(stepCall(ring(), join('eve', 'hers'), 1)).toEqual({ refusal: 'uninvited' });
    expect(stepCall(ring(), join('bob', 'adas'), 1)).toEqual({ refusal: 'taken' });
    expect(stepCall(ring(), { kind: 'decline', userId: 'eve' }, 1)).toEqual({ refusal: 'uninvited' });
    expect(play(ring(), leave('bob', 'adas')).phase).toBe('ringing');
  });
});

describe('an open call', () => {
  const open = startCall({
    ...{ id: 'call', startedBy: 'ada', participantId: 'adas', invited: [], now: 0 },
    ...{ ringMs: RING_MS, longestMs: LONGEST_MS, needsTwo: false, isOpen: true, capacity: CAPACITY },
  });

  it('goes on with one in it, takes in who comes until it is full, and ends when all are gone', () => {
    expect(open).toMatchObject({ phase: 'active', outcome: 'answered', answeredAt: 0 });
    const two = play(open, join('bob', 'phone'));
    expect(stepCall(two, join('cy', 'hers'), 1)).toEqual({ refusal: 'full' });
    expect(play(two, { ...join('bob', 'laptop'), takesOver: true }).phase).toBe('active');
    const left = play(two, leave('ada', 'adas'));
    expect(left.phase).toBe('active');
    expect(play(left, leave('bob', 'phone')).phase).toBe('ended');
  });

  it('ends for everyone when the host says so', () => {
    const ended = play(open, join('bob', 'phone'), { kind: 'end' });
    expect(ended).toMatchObject({ phase: 'ended', outcome: 'answered' });
    expect(presentParticipants(ended)).toEqual([]);
  });
});

describe('any call', () => {
  const users = ['ada', 'bob', 'cy', 'eve'];
  const user = fc.constantFrom(...users);
  const device = fc.constantFrom('1', '2');
  const event: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.record({
      kind: fc.constant('join' as const),
      userId: user,
      participantId: device,
      takesOver: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('decline' as const), userId: user }),
    fc.record({ kind: fc.constant('leave' as const), userId: user, participantId: device }),
    fc.record({ kind: fc.constant('end' as const) }),
    fc.record({ kind: fc.constant('lose' as const), participantIds: fc.array(fc.string({ minLength: 1 })) }),
    fc.record({ kind: fc.constant('tick' as const) }),
  );
  // Devices belong to people: their ids differ.
  const own = (each: CallEvent): CallEvent =>
    'participantId' in each ? { ...each, participantId: `${each.userId}${each.participantId}` } : each;
  const history = fc.array(fc.tuple(event.map(own), fc.nat(RING_MS)), { maxLength: 40 });
  const invited = fc.subarray(['bob', 'cy'], { minLength: 1 });

  it('has one outcome, rings for nobody after its time, and stays as it ended', () => {
    fc.assert(
      fc.property(history, invited, fc.boolean(), fc.boolean(), (steps, people, needsTwo, isOpen) => {
        let now = 0;
        let call = startCall({
          ...{ id: 'call', startedBy: 'ada', participantId: 'ada1', now, needsTwo },
          invited: isOpen ? [] : people.map((userId) => ({ userId, isBusy: false })),
          ...{ ringMs: RING_MS, longestMs: LONGEST_MS, isOpen, capacity: CAPACITY },
        });
        for (const [next, passed] of steps) {
          now += passed;
          const before = call;
          const step = stepCall(call, next, now);
          if ('refusal' in step) continue;
          call = step.call;
          if (before.phase === 'ended') expect(call).toEqual(before);
          if (before.outcome !== null) expect(call.outcome).toBe(before.outcome);
          if (before.phase === 'active') expect(call.phase).not.toBe('ringing');
          expect(call.phase === 'ringing').toBe(call.outcome === null);
          expect(call.endedAt === null).toBe(call.phase !== 'ended');
          if (now >= call.ringsUntil) expect(ringingUserIds(call)).toEqual([]);
          const present = presentParticipants(call);
          if (call.phase === 'ended') expect(present).toEqual([]);
          else expect(present.length).toBeGreaterThan(0);
          // One device of each person, so that the other side never hears two.
          expect(new Set(present.map(({ userId }) => userId)).size).toBe(present.length);
          expect(present.length).toBeLessThanOrEqual(CAPACITY);
          expect(stepCall(call, next, now)).toEqual({ call });
        }
        expect(tick(call, LONGEST_MS + now).phase).toBe('ended');
      }),
    );
  });
});

function ring({ isBusy = false } = {}): CallState {
  return startCall({
    ...{ id: 'call', startedBy: 'ada', participantId: 'adas', invited: [{ userId: 'bob', isBusy }] },
    ...{ now: 0, ringMs: RING_MS, longestMs: LONGEST_MS },
    ...{ needsTwo: true, isOpen: false, capacity: CAPACITY },
  });
}

function play(call: CallState, ...events: CallEvent[]): CallState {
  return events.reduce((held, event) => {
    const step = stepCall(held, event, 1);
    if ('refusal' in step) throw new Error(step.refusal);
    return step.call;
  }, call);
}

function tick(call: CallState, now: number): CallState {
  const step = stepCall(call, { kind: 'tick' }, now);
  return 'call' in step ? step.call : call;
}

function join(userId: string, participantId: string): CallEvent & { kind: 'join' } {
  return { kind: 'join', userId, participantId, takesOver: false };
}

function leave(userId: string, participantId: string): CallEvent {
  return { kind: 'leave', userId, participantId };
}
