import type { ChatListItem } from '../../offline/readModels.ts';
import type { Range } from '../../offline/search/matcher.ts';
import type { MessageHit } from '../../offline/search/searchMessages.ts';
import type { PersonHit } from '../../offline/search/searchPeople.ts';

export type Section = 'chats' | 'people' | 'messages';
export type FoundChat = { item: ChatListItem; ranges: Range[] };

/** What the list of results shows, from top to bottom. */
export type SearchEntry =
  | { kind: 'heading'; key: string; section: Section }
  | { kind: 'chat'; key: string; found: FoundChat }
  | { kind: 'person'; key: string; hit: PersonHit }
  | { kind: 'message'; key: string; hit: MessageHit; chat: ChatListItem | undefined }
  | { kind: 'showAll'; key: string; section: Section; count: number }
  | { kind: 'foot'; key: string };

/** More of them would push the messages out of sight. */
const SHOWN_AT_FIRST = 4;

export function searchEntries(found: {
  chats: readonly FoundChat[];
  people: readonly PersonHit[];
  messages: readonly MessageHit[];
  /** Chats by id: messages are named by them. */
  items: ReadonlyMap<string, ChatListItem>;
  /** Sections that are shown whole. */
  whole: ReadonlySet<Section>;
}): SearchEntry[] {
  const chats = found.chats.map((each): SearchEntry => {
    return { kind: 'chat', key: `chat ${each.item.chatId}`, found: each };
  });
  const people = found.people.map((hit): SearchEntry => {
    return { kind: 'person', key: `person ${hit.person.id}`, hit };
  });
  const messages = found.messages.map((hit): SearchEntry => {
    return { kind: 'message', key: `message ${hit.id}`, hit, chat: found.items.get(hit.chatId) };
  });
  const section = (name: Section, entries: SearchEntry[], most: number): SearchEntry[] => {
    if (entries.length === 0) return [];
    const isCut = entries.length > most && !found.whole.has(name);
    const shown = isCut ? entries.slice(0, most) : entries;
    const rest = { kind: 'showAll', key: `all ${name}`, section: name, count: entries.length } as const;
    return [{ kind: 'heading', key: name, section: name }, ...shown, ...(isCut ? [rest] : [])];
  };
  return [
    ...section('chats', chats, SHOWN_AT_FIRST),
    ...section('people', people, SHOWN_AT_FIRST),
    ...section('messages', messages, Number.POSITIVE_INFINITY),
    { kind: 'foot', key: 'foot' },
  ];
}

/** Whether one can get to it by keys. */
export function isRow(entry: SearchEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== 'heading' && entry.kind !== 'foot';
}
