import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Copy, CopyTransaction, TransactionOptions } from './copy.ts';

/** One person's outbox as a page knows it: what they wrote outlives a database that is deleted under the page. */
export type OutboxMirror = {
  /** As the copy's own; whatever it does to the outbox is known here as soon as it is written. */
  transaction: <T>(
    copy: Copy,
    fn: (tx: CopyTransaction) => Promise<T>,
    options?: TransactionOptions,
  ) => Promise<T>;
  /** Others changed it. */
  look: (copy: Copy) => Promise<void>;
  /** Puts what is known to wait into a copy that is another than the one it was seen in. */
  putBack: (tx: CopyTransaction) => Promise<void>;
};

export function createOutboxMirror(): OutboxMirror {
  let commands: readonly Command[] = [];
  let seenIn: string | null = null;

  async function read(tx: Pick<CopyTransaction, 'outbox' | 'meta'>) {
    const [held, { generation }] = await Promise.all([tx.outbox(), tx.meta()]);
    return () => {
      commands = held;
      seenIn = generation;
    };
  }

  return {
    async transaction(copy, fn, options) {
      const accepts: (() => void)[] = [];
      const result = await copy.transaction(async (tx) => {
        let isTouched = false;
        const noting =
          <A extends unknown[]>(change: (...args: A) => Promise<void>) =>
          (...args: A) => {
            isTouched = true;
            return change(...args);
          };
        const done = await fn({
          ...tx,
          addCommand: noting(tx.addCommand),
          updateCommand: noting(tx.updateCommand),
          dropCommand: noting(tx.dropCommand),
          clear: noting(tx.clear),
        });
        if (isTouched) accepts.push(await read(tx));
        return done;
      }, options);
      for (const accept of accepts) accept();
      return result;
    },
    async look(copy) {
      const accept = await copy.read(read);
      accept();
    },
    async putBack(tx) {
      const { generation } = await tx.meta();
      if (generation === seenIn) return;
      const held = new Set((await tx.outbox()).map((command) => command.id));
      // Another page may have sent it since it was seen: it is never rewritten (rule 19 of docs/sync.md).
      for (const command of commands)
        if (!held.has(command.id)) await tx.addCommand({ ...command, isAttempted: true });
    },
  };
}
