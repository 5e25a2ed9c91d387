import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { PersonEntity } from './person.entity.ts';

type PersonRow = Pick<PersonEntity, keyof Person>;

/** Columns of a person as the entity names them. `t` is the table's alias. */
export const personColumns = (t: string) =>
  `${t}.id, ${t}.version, ${t}.name, ${t}.username, ${t}.about, ${t}.merged_into "mergedInto"`;

/** A person as anyone may see them. */
export function presentPerson(row: PersonRow): Person {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    username: row.username,
    about: row.about,
    ...(row.mergedInto && { mergedInto: row.mergedInto }),
  };
}
