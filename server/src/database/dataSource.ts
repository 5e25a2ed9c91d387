import { types } from 'pg';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import type { Log } from '../log.ts';

const POOL_SIZE = 20;
/** How long a request waits for a connection of the pool; the answer is then 503. */
const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;
const IDLE_CONNECTION_MS = 60_000;
/** PostgreSQL's number for the type `int8`. */
const INT8_OID = 20;

/** A database server of the operator's, or the embedded one behind the socket in the folder `host`. */
export type DatabaseConnection =
  | { url: string }
  | { host: string; port?: number; user: string; database: string };

export interface DataSourceOptions {
  connection: DatabaseConnection;
  // biome-ignore lint/suspicious/noExplicitAny: EntitySchema is invariant, and a list holds schemas of all rows.
  entities: EntitySchema<any>[];
  migrations: (new () => MigrationInterface)[];
  log: Log;
}

/** The pool that the server works on, not yet initialized. Versions and counts (`int8`) arrive as numbers. */
export function createDataSource({ connection, entities, migrations, log }: DataSourceOptions): DataSource {
  const place =
    'url' in connection
      ? { url: connection.url }
      : {
          host: connection.host,
          port: connection.port,
          username: connection.user,
          database: connection.database,
        };
  return new DataSource({
    type: 'postgres',
    ...place,
    entities,
    migrations,
    installExtensions: false,
    synchronize: false,
    applicationName: 'ahoy',
    poolSize: POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'an idle database connection broke'),
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      keepAlive: true,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      types: { getTypeParser: parserOf },
    },
  });
}

function parserOf(oid: number, format?: 'text' | 'binary'): unknown {
  return oid === INT8_OID && format !== 'binary'
    ? parseSafeInteger
    : types.getTypeParser(oid, format ?? 'text');
}

function parseSafeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error('The database answered a number beyond 2^53');
  return number;
}
