import type { Line } from '@ahoy/shared/domain/project.ts';
import { expect, it } from 'vitest';
import { askInMs, findUndelivered } from './unreached.ts';

const CHAT = { me: 'me', kind: 'direct', hasBlocked: false, othersDeliveredSeq: 1 } as const;
const AT = '2026-01-01T00:00:00.000Z';

it('the newest own message is asked about while it has not arrived', () => {
  const lines = [line(1), line(2), line(3), line(4, { senderId: 'ada' })];
  expect(findUndelivered(lines, CHAT)?.seq).toBe(3);
  expect(findUndelivered(lines, { ...CHAT, othersDeliveredSeq: 3 })).toBeNull();
  expect(findUndelivered([...lines, line(5, { isDeleted: true })], CHAT)?.seq).toBe(3);
});

it.each([
  ['in a group', { kind: 'group' }, {}],
  ['in notes to oneself', { kind: 'saved' }, {}],
  ['of somebody whom I block', { hasBlocked: true }, {}],
  ['of a message that has not left', {}, { state: 'waiting', seq: null }],
  ['of one that was refused', {}, { state: 'failed', seq: null }],
] as const)('nothing is asked %s', (_, chat, change) => {
  expect(findUndelivered([line(2), line(3, change)], { ...CHAT, ...chat })).toBeNull();
});

it.each([
  [0, 8_000],
  [5_000, 3_000],
  [60_000, 0],
  [-3_600_000, 8_000],
])('a message that left %i ms ago is asked about in %i ms', (age, wait) => {
  expect(askInMs(line(1), Date.parse(AT) + age)).toBe(wait);
});

function line(seq: number, change: Partial<Line> = {}): Line {
  return {
    ...{ id: `m${seq}`, seq, senderId: 'me', text: 'hello', replyToId: null, createdAt: AT },
    ...{ isEdited: false, isDeleted: false, call: null, state: 'sent', commandId: null, ...change },
  };
}
