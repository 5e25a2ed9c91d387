import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import { personJson } from '../contacts/person.presenter.ts';

const PAGE_ROWS = 500;

type Changed = { changed: number; chat: { id: string; version: number } | null; person: Person | null };

/**
 * One's own chats that the request did not name, and the people one shares a chat with, changed at or after `since`.
 * Where they are too many they are cut together, in order of `changed`, and the new asOf is the cut (rule 10). One
 * transaction that changed more than a page is sent whole, else the cut would never move.
 */
export async function changedSince(
  manager: EntityManager,
  userId: string,
  since: string,
  snapshot: string,
  named: string[],
): Promise<{ heads: Record<string, number>; people: Person[]; asOf: string; isCut: boolean }> {
  const found = await findChanged(manager, [userId, since, named, PAGE_ROWS + 1]);
  const cut = found[PAGE_ROWS]?.changed;
  const isCut = cut !== undefined && cut > Number(since) && cut < Number(snapshot);
  const rows =
    cut === undefined
      ? found
      : isCut
        ? found.filter((row) => row.changed < cut)
        : await findChanged(manager, [userId, since, named, null]);
  return {
    heads: Object.fromEntries(rows.flatMap((row) => (row.chat ? [[row.chat.id, row.chat.version]] : []))),
    people: rows.flatMap((row) => row.person ?? []),
    asOf: isCut ? String(cut) : snapshot,
    isCut,
  };
}

function findChanged(manager: EntityManager, parameters: unknown[]): Promise<Changed[]> {
  return manager.query(findChangedSql, parameters);
}

/** `offset 0` keeps the planner at one look-up per own chat, instead of a scan by `changed`. */
export const findChangedSql = `
  SELECT * FROM (
    SELECT c.changed, jsonb_build_object('id', c.id, 'version', c.version) chat, NULL::jsonb person
    FROM members m JOIN LATERAL (
      SELECT id, version, changed FROM chats WHERE id = m.chat_id AND changed >= $2 OFFSET 0) c ON true
    WHERE m.user_id = $1 AND m.is_in AND m.chat_id <> ALL($3::uuid[])
    UNION ALL
    SELECT p.changed, NULL, ${personJson('p')}
    FROM people p WHERE p.changed >= $2 AND EXISTS (
      SELECT 1 FROM members theirs JOIN members mine ON mine.chat_id = theirs.chat_id
      WHERE theirs.user_id = p.id AND mine.user_id = $1 AND mine.is_in)
  ) changed ORDER BY changed.changed LIMIT $4`;
