import type { Copy } from '../offline/copy.ts';
import { chatHeaderQuery } from '../offline/queries.ts';

export function requireMe(id: string | null): string {
  if (id === null) throw new Error('nobody is signed in');
  return id;
}

/** As the list of chats has it; null: the copy does not know. */
export async function titleOf(copy: Copy, me: string, chatId: string): Promise<string | null> {
  const header = await copy.read(chatHeaderQuery(me, chatId).read);
  return header?.title ?? header?.peer?.name ?? null;
}
