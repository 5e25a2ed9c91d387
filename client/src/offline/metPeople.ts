import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { Query } from './liveQuery.ts';

/** People with an account with whom I was in the call of a room, where neither of us objects to being found. */
export function metPeopleQuery(me: string): Query<Person[]> {
  return {
    scope: `metPeople ${me}`,
    id: `metPeople ${me}`,
    keys: [KEYS.chats, KEYS.people],
    read: (tx) => readMetPeople(tx, me),
  };
}

async function readMetPeople(tx: CopyReader, me: string): Promise<Person[]> {
  const rooms = (await tx.heads()).filter(({ chat }) => chat.kind === 'room');
  const ids = new Set<string>();
  for (const { chat } of rooms) {
    const met = (await tx.members(chat.id)).filter((member) => member.isMet && !member.isGuest);
    if (!met.some((member) => member.userId === me)) continue;
    for (const { userId } of met) if (userId !== me) ids.add(userId);
  }
  const people = await Promise.all([...ids].map((id) => tx.person(id)));
  return people.filter((person) => person !== undefined);
}
