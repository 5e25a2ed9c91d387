import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { PersonEntity } from './person.entity.ts';

/** A person as anyone may see them. */
export function presentPerson(row: Pick<PersonEntity, keyof Person>): Person {
  return { id: row.id, version: row.version, name: row.name, username: row.username, about: row.about };
}
