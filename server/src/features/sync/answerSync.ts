import type { AccountDelta, ChatDelta, Person } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { PersonEntity } from '../contacts/person.entity.ts';
import { personColumns, presentPerson } from '../contacts/person.presenter.ts';
import { fail } from '../fail.ts';
import { type AccountHead, accountRows, readAccountHead } from './accountRows.ts';
import { behindChats } from './behindChats.ts';
import { changedSince } from './changedSince.ts';

export type SyncRequest = { account: number; asOf?: string; chats: Record<string, number> };

export type SyncAnswer = {
  databaseId: string;
  account: AccountDelta | null;
  deltas: ChatDelta[];
  heads: Record<string, number>;
  people: Person[];
  asOf: string;
  hasMore: boolean;
  serverTime: string;
};

/**
 * What a device has missed (rule 10 of docs/sync.md), read in one snapshot. Bounded in rows and chats: `hasMore` says
 * that the device should ask again, `heads` names what it then asks for.
 */
export function answerSync(
  parts: { dataSource: DataSource; clock: () => Date },
  userId: string,
  request: SyncRequest,
): Promise<SyncAnswer> {
  return transaction(
    parts.dataSource,
    async (manager) => {
      const head: AccountHead | undefined = await readAccountHead(manager, userId);
      if (!head) throw fail('UNAUTHORIZED');
      const account = await accountRows(manager, userId, head, request.account);
      const behind = await behindChats(manager, userId, request.chats);
      // A device without asOf holds nothing: account rows name its chats, deltas its people.
      const changed =
        request.asOf === undefined
          ? { heads: {}, people: [], asOf: head.asOf, isCut: false }
          : await changedSince(manager, userId, request.asOf, head.asOf, Object.keys(request.chats));
      return {
        databaseId: head.databaseId,
        account: account.delta,
        deltas: behind.deltas,
        heads: { ...changed.heads, ...behind.heads },
        people: [...changed.people, ...(await ownRow(manager, userId, request.asOf, changed.people))],
        asOf: changed.asOf,
        hasMore: account.hasMore || behind.hasMore || changed.isCut,
        serverTime: parts.clock().toISOString(),
      };
    },
    { isolation: 'REPEATABLE READ' },
  );
}

/** One's own row: whoever is in no chat yet hears of it by no delta. */
async function ownRow(
  manager: EntityManager,
  userId: string,
  since: string | undefined,
  told: Person[],
): Promise<Person[]> {
  if (told.some((person) => person.id === userId)) return [];
  const rows: PersonEntity[] = await manager.query(
    `SELECT ${personColumns('p')} FROM people p WHERE p.id = $1 AND ($2::bigint IS NULL OR p.changed >= $2)`,
    [userId, since ?? null],
  );
  return rows.map(presentPerson);
}
