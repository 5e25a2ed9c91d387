import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';

/** Rows of the people that a delta or page names: whatever names people carries them (rule 27 of docs/sync.md). */
export async function peopleByIds(manager: EntityManager, ids: Iterable<string>): Promise<Person[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  return manager.query('SELECT id, version, name, username, about FROM people WHERE id = ANY($1)', [unique]);
}
