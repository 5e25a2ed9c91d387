import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { email, username } from '@ahoy/shared/protocol/fields.ts';
import type { DataSource } from 'typeorm';
import type { PersonEntity } from './person.entity.ts';
import { presentPerson } from './person.presenter.ts';

/**
 * Finds a person by exact @username (the sign and the case do not matter) or by exact email where that person allows it.
 * Everyone finds themselves. "Not allowed" and "nobody" are the same answer, after one look into the same index.
 */
export async function findPerson(
  dataSource: DataSource,
  viewerId: string,
  query: string,
): Promise<Person | null> {
  const asUsername = username.safeParse(query.replace(/^@/, ''));
  if (asUsername.success) return findByUsername(dataSource, asUsername.data);
  const asEmail = email.safeParse(query);
  return asEmail.success ? findByEmail(dataSource, viewerId, asEmail.data) : null;
}

async function findByUsername(dataSource: DataSource, wanted: string): Promise<Person | null> {
  const [row]: PersonEntity[] = await dataSource.query(
    'SELECT * FROM people WHERE lower(username) = lower($1)',
    [wanted],
  );
  return row ? presentPerson(row) : null;
}

async function findByEmail(dataSource: DataSource, viewerId: string, wanted: string): Promise<Person | null> {
  const [row]: (PersonEntity & { is_findable_by_email: boolean })[] = await dataSource.query(
    `SELECT people.*, users.is_findable_by_email
       FROM users JOIN people ON people.id = users.id
      WHERE users.email = $1`,
    [wanted],
  );
  if (!row) return null;
  return row.is_findable_by_email || row.id === viewerId ? presentPerson(row) : null;
}
