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

type Write = (tx: CopyTransaction) => Promise<Written>;
type Waiting = { heard: string; write: Write } & PromiseWithResolvers<Written>;

/**
 * Live events go into the copy by the same functions as pages of sync; what does not fit asks for a sync. Those that come
 * while others are being written are written together: a burst costs one transaction.
 */
export function createLive(options: LiveOptions) {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write(how: Write): Promise<Written> {
    const done = Promise.withResolvers<Written>();
    waiting.push({ heard: options.copy.generation(), write: how, ...done });
    if (!isWriting) void writeWaiting();
    const written = await done.promise;
    if (written === 'gap') options.onGap();
    return written;
  }

  async function writeWaiting(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const together = waiting;
      waiting = [];
      try {
        const written = await options.copy.transaction((tx) => writeTogether(tx, together));
        for (const [index, { resolve }] of together.entries()) resolve(written[index] ?? 'nothing');
      } catch (error) {
        // Closed: nobody is signed in any more.
        for (const { resolve, reject } of together)
          error instanceof CopyClosedError ? resolve('nothing') : reject(error);
      }
    }
    isWriting = false;
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
 * In the order heard. What was heard before the copy was emptied is dropped, and nothing goes into an empty copy before
 * the first answer of sync: that says which database all else is of (rule 11 of docs/sync.md).
 */
async function writeTogether(tx: CopyTransaction, together: readonly Waiting[]): Promise<Written[]> {
  const { generation, asOf } = await tx.meta();
  const written: Written[] = [];
  for (const { heard, write } of together) {
    if (heard !== generation) written.push('nothing');
    else written.push(asOf === null ? 'gap' : await write(tx));
  }
  return written;
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
