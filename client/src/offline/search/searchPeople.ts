import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { findPairChat } from '../aliases.ts';
import type { CopyReader } from '../copy.ts';
import { createMatcher, type Matcher } from './matcher.ts';

/** Someone whom the device knows; `chatId` when there is a direct chat already. */
export type PersonHit = { person: Person; chatId: string | null };

/** Name and @username as one text: each word may be found in either. */
export function isPersonMatch(matcher: Matcher, person: Person): boolean {
  return matcher.isMatch(person.username ? `${person.name} @${person.username}` : person.name);
}

/** People held, without oneself: those with a direct chat first, then by name. */
export async function searchPeople(
  tx: CopyReader,
  me: string,
  query: string,
  limit: number,
): Promise<PersonHit[]> {
  const matcher = createMatcher(query);
  if (matcher.isEmpty) return [];
  const people = (await tx.people()).filter((person) => person.id !== me && isPersonMatch(matcher, person));
  const opening = (await tx.outbox()).flatMap((c) => (c.kind === 'openDirect' ? c.chatId : []));
  const { aliases } = await tx.meta();
  const hits = people.map(async (person): Promise<PersonHit> => {
    const chatId = directChatId(me, person.id);
    const held = opening.includes(chatId) ? chatId : await findPairChat(tx, aliases, me, person.id);
    return { person, chatId: held };
  });
  return (await Promise.all(hits)).sort(compare).slice(0, limit);
}

function compare(a: PersonHit, b: PersonHit): number {
  if ((a.chatId === null) !== (b.chatId === null)) return a.chatId === null ? 1 : -1;
  return a.person.name.localeCompare(b.person.name) || (a.person.id < b.person.id ? -1 : 1);
}
