import { KEYS } from './copy.ts';

const OF_CHAT = /^(?:chat|messages|members|outbox):(.+)$/;

/** The chats that something was touched of; null: it may be any. */
export function touchedChats(touched: ReadonlySet<string>): Set<string> | null {
  // Only an emptied copy touches all of these at once, and so do pages of sync, where reading all is as cheap.
  const isEmptied = [KEYS.meta, KEYS.chats, KEYS.people, KEYS.account].every((key) => touched.has(key));
  if (isEmptied || touched.has(KEYS.everything)) return null;
  const chatIds = new Set<string>();
  for (const key of touched) {
    const chatId = OF_CHAT.exec(key)?.[1];
    if (chatId) chatIds.add(chatId);
  }
  return chatIds;
}
