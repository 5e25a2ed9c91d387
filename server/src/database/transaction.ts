import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { type DataSource, type EntityManager, QueryFailedError } from 'typeorm';

export interface TransactionOptions {
  isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
}

const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10;
const UNIQUE_VIOLATION = '23505';
/** serialization_failure and deadlock_detected: PostgreSQL asks to try again. */
const RETRIABLE = new Set(['40001', '40P01']);
/** Classes of SQLSTATE that blame what a statement was given, or met, and not the database or the way to it. */
const BLAMES_STATEMENT = /^(21|22|23|40)/;

/**
 * Runs `work` in a transaction, again when PostgreSQL chose it as the victim of a conflict, at most five times.
 * `work` may therefore do nothing but database work, and only through the manager it is given.
 */
export async function transaction<Result>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
  { isolation = 'READ COMMITTED' }: TransactionOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(isolation, work);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRetriable(error)) throw error;
      await delay(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/** A row with this key was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION;
}

/** The statement failed for what it was given or met, so that another one may well succeed now. */
export function isStatementsFault(error: unknown): boolean {
  return BLAMES_STATEMENT.test(codeOf(error) ?? '');
}

function isRetriable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && RETRIABLE.has(code);
}

/** PostgreSQL's SQLSTATE. */
function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof DatabaseError ? cause.code : undefined;
}
