import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { Member, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import type { CopyReader } from './copy.ts';

/** Of accounts that were merged: the id that each was known by, and whose alias it is now. */
export type Aliases = Readonly<Record<string, string>>;

/** More steps than the server ever leaves between an alias and whom it stands for. */
const MOST_STEPS = 8;

/** With those among these people; the same object where none is new. */
export function noteAliases(aliases: Aliases, people: readonly Person[]): Aliases {
  const fresh = people.filter(({ id, mergedInto }) => mergedInto && aliases[id] !== mergedInto);
  if (fresh.length === 0) return aliases;
  return { ...aliases, ...Object.fromEntries(fresh.map(({ id, mergedInto }) => [id, mergedInto ?? id])) };
}

/** Whom an id stands for. */
export function keptOf(aliases: Aliases, id: string): string {
  let kept = id;
  for (let step = 0; step < MOST_STEPS; step += 1) kept = aliases[kept] ?? kept;
  return kept;
}

/** All ids that stand for a person, their own one first. */
function idsOf(aliases: Aliases, id: string): string[] {
  return [id, ...Object.keys(aliases).filter((alias) => alias !== id && keptOf(aliases, alias) === id)];
}

/** Chats that two people may have with each other; their ids are derived from those that the two had then. */
export function pairChatIds(aliases: Aliases, one: string, other: string): string[] {
  const others = idsOf(aliases, other);
  return [...new Set(idsOf(aliases, one).flatMap((a) => others.map((b) => directChatId(a, b))))];
}

/** The chat in which two people talk, of those that are held: in sight rather than archived, then the latest. */
export async function findPairChat(
  tx: CopyReader,
  aliases: Aliases,
  one: string,
  other: string,
): Promise<string | null> {
  const heads = await Promise.all(pairChatIds(aliases, one, other).map((chatId) => tx.head(chatId)));
  const held = heads.filter((head) => head !== undefined);
  if (held.length < 2) return held[0]?.chat.id ?? null;
  const found = await Promise.all(
    held.map(async (head) => {
      const chatId = head.chat.id;
      const isArchived = (await tx.accountChat(chatId))?.isArchived ?? false;
      const at = (await tx.newestMessage(chatId))?.createdAt ?? head.chat.createdAt;
      return { chatId, isArchived, at };
    }),
  );
  const [best] = found.sort((a, b) => Number(a.isArchived) - Number(b.isArchived) || (a.at < b.at ? 1 : -1));
  return best?.chatId ?? null;
}

/**
 * The copy as it is shown: wherever a row names an alias it names whom that stands for, and people are without aliases. The
 * rows themselves stay as the server said them; whatever writes reads those.
 */
export function showAliases(tx: CopyReader, aliases: Aliases): CopyReader {
  if (Object.keys(aliases).length === 0) return tx;
  const kept = (id: string) => keptOf(aliases, id);
  const written = (row: Message): Message => {
    const senderId = kept(row.senderId);
    return senderId === row.senderId ? row : { ...row, senderId };
  };
  /** An alias is shown as itself while the device does not know whom it stands for. */
  const standIn = (id: string, row: Person): Person => {
    const { mergedInto: _, ...person } = row;
    return { ...person, id };
  };

  async function members(chatId: string): Promise<Member[]> {
    const rows = (await tx.members(chatId)).map((row) => ({ ...row, userId: kept(row.userId) }));
    return [...Map.groupBy(rows, ({ userId }) => userId).values()].map((same) => same.reduce(joinPlaces));
  }

  return {
    ...tx,
    message: async (id) => {
      const row = await tx.message(id);
      return row && written(row);
    },
    messages: async (chatId, fromSeq, toSeq) => (await tx.messages(chatId, fromSeq, toSeq)).map(written),
    newestMessage: async (chatId) => {
      const row = await tx.newestMessage(chatId);
      return row && written(row);
    },
    async seqsOf(chatId, senderId, fromSeq) {
      const seqs = idsOf(aliases, kept(senderId)).map((id) => tx.seqsOf(chatId, id, fromSeq));
      return (await Promise.all(seqs)).flat().sort((a, b) => a - b);
    },
    members,
    member: async (chatId, userId) => (await members(chatId)).find((row) => row.userId === kept(userId)),
    async person(id) {
      const found = await tx.person(kept(id));
      if (found) return found;
      const known = await Promise.all(idsOf(aliases, kept(id)).map((each) => tx.person(each)));
      const alias = known.find((row) => row !== undefined);
      return alias && standIn(kept(id), alias);
    },
    photo: (personId) => tx.photo(kept(personId)),
    async people() {
      const byId = new Map<string, Person>();
      for (const person of await tx.people()) {
        const id = kept(person.id);
        if (id === person.id) byId.set(id, person);
        else if (!byId.has(id)) byId.set(id, standIn(id, person));
      }
      return [...byId.values()];
    },
  };
}

/** The place that is taken, where one of the two is; what was read by either was read. */
function joinPlaces(one: Member, other: Member): Member {
  return {
    ...(other.isIn && !one.isIn ? other : one),
    readSeq: Math.max(one.readSeq, other.readSeq),
    deliveredSeq: Math.max(one.deliveredSeq, other.deliveredSeq),
  };
}
