import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { email, username } from '@ahoy/shared/protocol/fields.ts';
import type { DataSource } from 'typeorm';
import { peopleByIds } from './peopleByIds.ts';

/**
 * Finds a person by exact @username (the sign and the case do not matter) or by exact email where that person allows it;
 * by those of an alias the one whose alias it is.
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
  const [row]: { id: string }[] = await dataSource.query(
    'SELECT coalesce(merged_into, id) id FROM people WHERE lower(username) = lower($1)',
    [wanted],
  );
  return row ? readPerson(dataSource, row.id) : null;
}

async function findByEmail(dataSource: DataSource, viewerId: string, wanted: string): Promise<Person | null> {
  const [row]: { id: string; isFindable: boolean }[] = await dataSource.query(
    `SELECT kept.id, named.is_findable_by_email AND kept.is_findable_by_email "isFindable"
       FROM users named JOIN users kept ON kept.id = coalesce(named.merged_into, named.id)
      WHERE named.email = $1`,
    [wanted],
  );
  if (!row) return null;
  return row.isFindable || row.id === viewerId ? readPerson(dataSource, row.id) : null;
}

async function readPerson({ manager }: DataSource, id: string): Promise<Person | null> {
  const [person] = await peopleByIds(manager, [id]);
  return person ?? null;
}
