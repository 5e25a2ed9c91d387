import type { AccountDelta, ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';
import type { Copy, CopyTransaction } from '../offline/copy.ts';
import { CopyClosedError } from '../offline/deviceCopy.ts';
import { hear, type Written, writeAccountDelta, writeChatDelta, writePeople } from '../offline/writeDelta.ts';

export type LiveOptions = {
  copy: Copy;
  onGap: () => void;
  onWritten: (chatIds: readonly string[]) => void;
  onMessageOf: (chatId: string, personId: string) => void;
};

/** Live events go into the copy by the same functions as pages of sync; what does not fit asks for a sync. */
export function createLive(options: LiveOptions) {
  /**
   * What was heard before the copy was emptied is dropped, and nothing goes into an empty copy before the first answer of
   * sync: that says which database all else is of (rule 11 of docs/sync.md).
   */
  async function write(fn: (tx: CopyTransaction) => Promise<Written>): Promise<Written> {
    const heard = options.copy.generation();
    const writing = options.copy.transaction(async (tx) => {
      const { generation, asOf } = await tx.meta();
      if (heard !== generation) return 'nothing';
      return asOf === null ? 'gap' : fn(tx);
    });
    const written = await writing.catch(ignoreClosed);
    if (written === 'gap') options.onGap();
    return written;
  }

  return {
    async chat(delta: ChatDelta): Promise<void> {
      for (const { chatId, senderId } of delta.messages) options.onMessageOf(chatId, senderId);
      const written = await write((tx) => writeKnownChat(tx, delta));
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

/**
 * A chat begins with what sync, or the answer to its opening, says. An event that came late, from the chat's first day,
 * would look like all that there is, where what followed was announced before this device listened.
 */
async function writeKnownChat(tx: CopyTransaction, delta: ChatDelta): Promise<Written> {
  if (await tx.head(delta.chatId)) return writeChatDelta(tx, delta);
  await hear(tx, delta.chatId, delta.to);
  return 'gap';
}

/** Nobody is signed in any more. */
function ignoreClosed(error: unknown): 'nothing' {
  if (error instanceof CopyClosedError) return 'nothing';
  throw error;
}
