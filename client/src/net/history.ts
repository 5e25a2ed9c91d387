import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Copy } from '../offline/copy.ts';
import { writeHistory } from '../offline/writeDelta.ts';
import type { Api } from './api.ts';

export type History = {
  /** Brings the newest 100 of these seqs into the copy; rejects when the server cannot be asked (see `toFailure`). */
  loadRange: (chatId: string, fromSeq: number, toSeq: number) => Promise<void>;
};

/** Loads what the copy lacks, when someone gets there. The same range is asked once at a time. */
export function createHistory(options: { api: () => Pick<Api, 'messages'>; copy: Copy }): History {
  const running = new Map<string, Promise<void>>();

  async function load(chatId: string, fromSeq: number, toSeq: number): Promise<void> {
    const asked = options.copy.generation();
    const page = await options.api().messages.history({ chatId, fromSeq, toSeq });
    await options.copy.transaction(async (tx) => {
      if (asked === (await tx.meta()).generation) await writeHistory(tx, chatId, page);
    });
  }

  return {
    loadRange(chatId, fromSeq, toSeq) {
      const from = Math.max(1, fromSeq, toSeq - LIMITS.historyPage + 1);
      const key = `${chatId} ${from} ${toSeq}`;
      const known = running.get(key);
      if (known) return known;
      const loading = load(chatId, from, toSeq).finally(() => running.delete(key));
      running.set(key, loading);
      return loading;
    },
  };
}
