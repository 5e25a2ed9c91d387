import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import { personColumns, presentPerson } from './person.presenter.ts';

/**
 * Rows of the people that a delta or page names: whatever names people carries them (rule 27 of docs/sync.md). Of an alias
 * also whom it is to be shown as.
 */
export async function peopleByIds(manager: EntityManager, ids: Iterable<string>): Promise<Person[]> {
  const named = await readPeople(manager, new Set(ids));
  const known = new Set(named.map((person) => person.id));
  const kept = named.flatMap(({ mergedInto }) => (mergedInto && !known.has(mergedInto) ? mergedInto : []));
  return [...named, ...(await readPeople(manager, new Set(kept)))];
}

async function readPeople(manager: EntityManager, ids: ReadonlySet<string>): Promise<Person[]> {
  if (ids.size === 0) return [];
  const rows = await manager.query(`SELECT ${personColumns('p')} FROM people p WHERE p.id = ANY($1)`, [
    [...ids],
  ]);
  return rows.map(presentPerson);
}
