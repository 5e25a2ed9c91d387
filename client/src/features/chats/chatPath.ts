/** Where a chat is shown: at one message, if named; `query` leads back to the search that led there. */
export function chatPath(chatId: string, { messageId = '', query = '' } = {}): string {
  const wanted = new URLSearchParams();
  if (messageId !== '') wanted.set('message', messageId);
  if (query !== '') wanted.set('q', query);
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

/** The list, with the search one came from. */
export function listPath(search: string): string {
  const query = queryOf(search);
  return query === '' ? '/chats' : `/chats?${new URLSearchParams({ q: query })}`;
}
