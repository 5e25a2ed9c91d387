import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import type { PersonEntity } from './person.entity.ts';
import { personColumns, presentPerson } from './person.presenter.ts';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A page of whom this person blocks, by user id; `next` continues the list, null at its end. */
export async function listBlocked(
  dataSource: DataSource,
  userId: string,
  after = BEFORE_ALL,
): Promise<{ people: Person[]; next: string | null }> {
  const rows: PersonEntity[] = await dataSource.query(
    `SELECT ${personColumns('p')} FROM blocks b JOIN people p ON p.id = b.blocked_id
     WHERE b.user_id = $1 AND b.blocked_id > $2 ORDER BY b.blocked_id LIMIT $3`,
    [userId, after, LIMITS.memberPage + 1],
  );
  const people = rows.slice(0, LIMITS.memberPage).map(presentPerson);
  return { people, next: rows.length > people.length ? (people.at(-1)?.id ?? null) : null };
}
