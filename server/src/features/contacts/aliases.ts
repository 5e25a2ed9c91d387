import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';

/** Whom an account stands for: the one that it was merged into, or itself. Also of an id that nobody has. */
export async function keptOf(manager: EntityManager, id: string): Promise<string> {
  const [row]: { mergedInto: string | null }[] = await manager.query(
    'SELECT merged_into "mergedInto" FROM users WHERE id = $1',
    [id],
  );
  return row?.mergedInto ?? id;
}

/** Whether `column` names the person `id` (both SQL), or an alias of theirs: what an alias wrote is theirs. */
export const isOwn = (column: string, id: string) =>
  `(${column} = ${id} OR ${column} IN (SELECT alias.id FROM users alias WHERE alias.merged_into = ${id}))`;

/** Found under the locks: since one looked, an account was merged, and what one set out to do is to be done anew. */
export class MergedMeanwhile extends Error {}

const MOST_TRIES = 5;

/** Does `work` anew where accounts were merged meanwhile; it looks first whom they stand for. */
export async function despiteMerges<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MergedMeanwhile)) throw error;
      if (tries === MOST_TRIES) throw fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 });
    }
  }
}

/** Holds accounts against being merged until the transaction ends; the caller holds the chats that it needs already. */
export async function holdUnmerged(manager: EntityManager, ids: string[]): Promise<void> {
  // The weakest lock that waits for a merge: it holds the accounts FOR UPDATE.
  const rows: { mergedInto: string | null }[] = await manager.query(
    'SELECT merged_into "mergedInto" FROM users WHERE id = ANY($1) ORDER BY id FOR KEY SHARE',
    [ids],
  );
  if (rows.some((row) => row.mergedInto !== null)) throw new MergedMeanwhile();
}
