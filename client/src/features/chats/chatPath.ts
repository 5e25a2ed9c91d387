const ARCHIVE = 'archive';

/** Where a chat is shown: at one message, if named; `query` and `isArchived` lead back to the list that led there. */
export function chatPath(chatId: string, { messageId = '', query = '', isArchived = false } = {}): string {
  const wanted = new URLSearchParams();
  if (messageId !== '') wanted.set('message', messageId);
  if (query !== '') wanted.set('q', query);
  if (isArchived) wanted.set(ARCHIVE, '');
  return `/chats/${chatId}${wanted.size > 0 ? `?${wanted}` : ''}`;
}

/** The search that a path of this kind leads back to. */
export function queryOf(search: string): string {
  return new URLSearchParams(search).get('q') ?? '';
}

/** Whether the list is opened to begin a chat, as the icon's shortcut does: `/chats?new`. */
export function wantsNewChat(search: string): boolean {
  return new URLSearchParams(search).has('new');
}

/** The archived chats; on a wide screen beside the chat that is open. */
export function archivePath(chatId: string | null): string {
  return chatId === null ? `/chats?${ARCHIVE}` : chatPath(chatId, { isArchived: true });
}

/** Whether the list shows what is archived. */
export function wantsArchive(search: string): boolean {
  return new URLSearchParams(search).has(ARCHIVE);
}

/** The list, with the search one came from. */
export function listPath(search: string): string {
  if (wantsArchive(search)) return archivePath(null);
  const query = queryOf(search);
  return query === '' ? '/chats' : `/chats?${new URLSearchParams({ q: query })}`;
}
