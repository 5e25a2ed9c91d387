import type { ChatDelta, Member } from '@ahoy/shared/protocol/entities.ts';
import { expect, it } from 'vitest';
import type { Copy } from './copy.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { metPeopleQuery } from './metPeople.ts';
import { hostedRoomsQuery, roomHeadQuery } from './roomHead.ts';
import { writeChatDelta } from './writeDelta.ts';

const DAY = '2026-01-01T00:00:00.000Z';

it('people are met where both were in the call of a room, and are no guests', async () => {
  const copy = await filled(
    room('one', [of('me', { isMet: true }), of('bob', { isMet: true }), of('eve', {})]),
    room('two', [of('me', {}), of('zoe', { isMet: true })]),
    room('three', [of('me', { isMet: true }), of('guest', { isMet: true, isGuest: true })]),
  );
  const met = await copy.read((tx) => metPeopleQuery('me').read(tx));
  expect(met.map(({ id }) => id)).toEqual(['bob']);
});

it('a room tells its host and guests; another chat is none', async () => {
  const group = room('group', [of('me', { role: 'owner' })]);
  const copy = await filled(
    room('room', [
      of('me', {}),
      of('ada', { role: 'owner' }),
      of('bob', { isGuest: true }),
      of('eve', { isGuest: true, isIn: false }),
    ]),
    { ...group, chat: { ...group.chat, kind: 'group' } },
  );
  const head = (id: string) => copy.read((tx) => roomHeadQuery(id).read(tx));
  expect(await head('room')).toEqual({ title: 'Crew', hostId: 'ada', guestIds: ['bob'] });
  expect(await head('group')).toBeNull();
  expect(await head('none')).toBeNull();
});

it('rooms that I host are known, the newest first', async () => {
  const copy = await filled(
    room('old', [of('me', { role: 'owner' })], '2025-01-01T00:00:00.000Z'),
    room('new', [of('me', { role: 'owner' })]),
    room('theirs', [of('me', {}), of('ada', { role: 'owner' })]),
  );
  expect(await copy.read((tx) => hostedRoomsQuery('me', 0).read(tx))).toEqual(['new', 'old']);
});

function of(userId: string, over: Partial<Member>): Member {
  return {
    ...{ userId, version: 1, isIn: true, role: 'member', since: 1, readSeq: 0, deliveredSeq: 0 },
    ...over,
  };
}

function room(id: string, members: Member[], createdAt = DAY): ChatDelta {
  const people = members.map(({ userId }) => ({
    ...{ id: userId, version: 1, name: userId, username: null, about: '' },
  }));
  return {
    ...{ chatId: id, from: 0, to: 1, isReset: true, messages: [], members, hasAllMembers: true, people },
    chat: {
      ...{ id, kind: 'room', title: 'Crew', rowVersion: 1, lastSeq: 0 },
      ...{ memberCount: members.length, createdAt },
    },
  };
}

async function filled(...deltas: ChatDelta[]): Promise<Copy> {
  const copy = createMemoryCopy();
  await copy.transaction(async (tx) => {
    for (const delta of deltas) await writeChatDelta(tx, delta);
  });
  return copy;
}
