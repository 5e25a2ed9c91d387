import type { AccountDelta, ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';
import type { Copy, CopyTransaction } from '../offline/copy.ts';
import { CopyClosedError } from '../offline/deviceCopy.ts';
import { type Written, writeAccountDelta, writeChatDelta, writePeople } from '../offline/writeDelta.ts';

export type LiveOptions = {
  copy: Copy;
  onGap: () => void;
  onWritten: (chatIds: readonly string[]) => void;
  onMessageOf: (chatId: string, personId: string) => void;
};

/** Live events go into the copy by the same functions as pages of sync; what does not fit asks for a sync. */
export function createLive(options: LiveOptions) {
  /** What was heard before the copy was emptied is dropped (rule 11 of docs/sync.md). */
  async function write(fn: (tx: CopyTransaction) => Promise<Written>): Promise<Written> {
    const heard = options.copy.generation();
    const writing = options.copy.transaction(async (tx) =>
      heard === (await tx.meta()).generation ? fn(tx) : 'nothing',
    );
    const written = await writing.catch(ignoreClosed);
    if (written === 'gap') options.onGap();
    return written;
  }

  return {
    async chat(delta: ChatDelta): Promise<void> {
      for (const { chatId, senderId } of delta.messages) options.onMessageOf(chatId, senderId);
      const written = await write((tx) => writeChatDelta(tx, delta));
      if (written === 'written') options.onWritten([delta.chatId]);
    },
    async account(delta: AccountDelta): Promise<void> {
      await write((tx) => writeAccountDelta(tx, delta));
    },
    async people(people: Person[]): Promise<void> {
      await write(async (tx) => {
        await writePeople(tx, people);
        return 'written';
      });
    },
  };
}

/** Nobody is signed in any more. */
function ignoreClosed(error: unknown): 'nothing' {
  if (error instanceof CopyClosedError) return 'nothing';
  throw error;
}
