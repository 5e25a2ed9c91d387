import type { ChatDelta, Message } from '@ahoy/shared/protocol/entities.ts';
import { expect, test } from 'vitest';
import { joinDeltas } from './joinDeltas.ts';

const message = (id: string, version: number): Message => ({
  ...{
    id,
    version,
    seq: version,
    chatId: 'chat',
    senderId: 'anna',
    kind: 'text',
    text: `${id} at ${version}`,
  },
  ...{ replyToId: null, createdAt: '', editedAt: null, deletedAt: null, textStamp: 0 },
});
const delta = (from: number, messages: Message[], more: Partial<ChatDelta> = {}): ChatDelta => ({
  ...{ chatId: 'chat', from, to: from + 1, isReset: false, messages, members: [], hasAllMembers: false },
  chat: {
    ...{
      id: 'chat',
      kind: 'group',
      title: null,
      rowVersion: 1,
      lastSeq: from + 1,
      memberCount: 3,
      createdAt: '',
    },
  },
  people: [{ id: 'anna', version: from, name: 'Anna', username: null, about: '' }],
  ...more,
});

test('two deltas that follow each other are one, with the newest of each row', () => {
  const joined = joinDeltas(delta(4, [message('a', 5)]), delta(5, [message('b', 6), message('a', 6)]));
  expect(joined).toMatchObject({ from: 4, to: 6, chat: { lastSeq: 6 } });
  expect(joined?.messages.map((row) => row.text)).toEqual(['a at 6', 'b at 6']);
  expect(joined?.people.map((row) => row.version)).toEqual([5]);
});

test('deltas with a gap between them, resets, and many rows stay apart', () => {
  const first = delta(4, [message('a', 5)]);
  expect(joinDeltas(first, delta(6, []))).toBeUndefined();
  expect(joinDeltas(first, delta(5, [], { isReset: true }))).toBeUndefined();
  expect(joinDeltas({ ...first, isReset: true }, delta(5, []))).toBeUndefined();
  const many = Array.from({ length: 32 }, (_, i) => message(`m${i}`, 6));
  expect(joinDeltas(first, delta(5, many))).toBeUndefined();
});
