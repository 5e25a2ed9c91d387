import type { History } from '../../net/history.ts';
import type { Copy } from '../../offline/copy.ts';
import type { Page } from './locateMessage.ts';

/** Pages of a chat for `locateMessage`: asked of the server, read from the copy. */
export function loadPageOf(options: { copy: Copy; history: History; chatId: string; messageId: string }) {
  const { copy, history, chatId, messageId } = options;
  return async (fromSeq: number, toSeq: number): Promise<Page | null> => {
    await history.loadRange(chatId, fromSeq, toSeq);
    const messages = await copy.read((tx) => tx.messages(chatId, fromSeq, toSeq));
    const first = messages[0];
    const last = messages.at(-1);
    if (!first || !last) return null;
    return {
      fromSeq,
      toSeq,
      firstTime: Date.parse(first.createdAt),
      lastTime: Date.parse(last.createdAt),
      foundSeq: messages.find((message) => message.id === messageId)?.seq ?? null,
    };
  };
}
