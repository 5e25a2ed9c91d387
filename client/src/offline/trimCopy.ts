import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Copy } from './copy.ts';

/** Makes room: photos are fetched again when they are shown. Resolves with whether there were any. */
export function dropPhotos(copy: Copy): Promise<boolean> {
  return copy.transaction((tx) => tx.dropPhotos());
}

/**
 * Makes room where that is not enough: of every chat the newest page stays, older messages go, and the outbox is never touched. The server still
 * has what goes. Resolves with the number of chats that were shortened.
 */
export async function trimCopy(copy: Copy, keptPerChat: number = LIMITS.historyPage): Promise<number> {
  // The latest last: writing a head counts as a change, and so their order stays.
  const chatIds = (await copy.read((tx) => tx.recentChatIds(Number.POSITIVE_INFINITY))).reverse();
  let shortened = 0;
  for (const chatId of chatIds) {
    const isShortened = await copy.transaction(async (tx) => {
      const head = await tx.head(chatId);
      const newest = await tx.newestMessage(chatId);
      const below = (newest?.seq ?? 0) - keptPerChat + 1;
      if (!head || below <= 1 || (await tx.messages(chatId, 1, below - 1)).length === 0) return false;
      await tx.dropMessagesBelow(chatId, below);
      // A page that was asked before this would bring back what is no longer kept current (rule 9 of docs/sync.md).
      await tx.putHead({ ...head, floor: head.version });
      return true;
    });
    if (isShortened) shortened += 1;
  }
  return shortened;
}
