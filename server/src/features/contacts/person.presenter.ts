import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { PersonEntity } from './person.entity.ts';

type PersonRow = Pick<PersonEntity, keyof Person>;

/** Columns of a person as the entity names them. `t` is the table's alias. */
export const personColumns = (t: string) =>
  `${t}.id, ${t}.version, ${t}.name, ${t}.username, ${t}.about, ${t}.photo_id "photoId", ${t}.merged_into "mergedInto"`;

/** The same as `presentPerson` makes it, for statements whose rows are of several kinds. */
export const personJson = (t: string) =>
  `jsonb_build_object(
    'id', ${t}.id, 'version', ${t}.version, 'name', ${t}.name, 'username', ${t}.username, 'about', ${t}.about) ||
  jsonb_strip_nulls(jsonb_build_object('photoId', ${t}.photo_id, 'mergedInto', ${t}.merged_into))`;

/** A person as anyone may see them. */
export function presentPerson(row: PersonRow): Person {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    username: row.username,
    about: row.about,
    ...(row.photoId && { photoId: row.photoId }),
    ...(row.mergedInto && { mergedInto: row.mergedInto }),
  };
}
