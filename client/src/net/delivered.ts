import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Copy, CopyReader } from '../offline/copy.ts';
import type { Api } from './api.ts';
import { toFailure } from './failure.ts';

export type Delivered = {
  /** Rows of these chats have come. */
  note: (chatIds: readonly string[]) => void;
  /** Tells again what was not told for want of a connection. */
  retry: () => void;
  stop: () => void;
};

const BATCH_MS = 1_000;
/** Rows looked through for the newest message of others. */
const LOOK_BACK = 100;

/** Tells the server how far this device holds its chats: at most one request a second, nothing twice. */
export function createDelivered(options: {
  api: Pick<Api, 'messages'>;
  copy: Copy;
  me: () => string | null;
}): Delivered {
  const waiting = new Set<string>();
  const told = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTelling = false;

  function later(ms = BATCH_MS): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void tell();
    }, ms);
  }

  async function tell(): Promise<void> {
    const me = options.me();
    if (isTelling || me === null) return;
    const chatIds = [...waiting].slice(0, LIMITS.syncChats);
    if (chatIds.length === 0) return;
    isTelling = true;
    for (const chatId of chatIds) waiting.delete(chatId);
    try {
      const chats = await options.copy.read((tx) => readNews(tx, chatIds, me));
      if (chats.length > 0) await options.api.messages.delivered({ chats });
      for (const { chatId, seq } of chats) told.set(chatId, seq);
      if (waiting.size > 0) later();
    } catch (error) {
      // Without a connection `retry` comes by itself; a refusal would only be repeated.
      const { code, retryAfterSeconds } = toFailure(error);
      if (code === 'NETWORK' || retryAfterSeconds !== undefined)
        for (const chatId of chatIds) waiting.add(chatId);
      if (retryAfterSeconds !== undefined) later(retryAfterSeconds * 1_000);
    } finally {
      isTelling = false;
    }
  }

  async function readNews(tx: CopyReader, chatIds: readonly string[], me: string) {
    const news: { chatId: string; seq: number }[] = [];
    for (const chatId of chatIds) {
      const head = await tx.head(chatId);
      if (!head || head.chat.memberCount > LIMITS.smallChatMembers) continue;
      const last = (await tx.newestMessage(chatId))?.seq ?? 0;
      const rows = await tx.messages(chatId, last - LOOK_BACK, last);
      const seq = rows.findLast((m) => m.senderId !== me)?.seq ?? 0;
      const own = await tx.member(chatId, me);
      const known = Math.max(told.get(chatId) ?? 0, own?.deliveredSeq ?? 0, own?.readSeq ?? 0);
      if (seq > known) news.push({ chatId, seq });
    }
    return news;
  }

  return {
    note(chatIds) {
      for (const chatId of chatIds) waiting.add(chatId);
      if (waiting.size > 0) later();
    },
    retry: () => {
      if (waiting.size > 0) later();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
      told.clear();
    },
  };
}
