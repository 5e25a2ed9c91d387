import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { DatabaseConnection } from '../database/dataSource.ts';

/** A PostgreSQL in which tests may create databases. */
export type TestServer = DatabaseConnection;

export interface TestDatabase {
  /** What `createDataSource` takes. */
  connection: DatabaseConnection;
  /** Ends whoever is still connected and removes the database. */
  drop(): Promise<void>;
}

/** A fresh, empty database. Needs server/vitest.config.ts, whose global setup runs the PostgreSQL. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServer');
  if (!server) throw new Error('No test PostgreSQL: run vitest with --root server');
  const name = `ahoy_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  return {
    connection: withDatabase(server, name),
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(server: TestServer, sql: string): Promise<void> {
  const client = new Client('url' in server ? { connectionString: server.url } : server);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(server: TestServer, database: string): DatabaseConnection {
  if (!('url' in server)) return { ...server, database };
  const url = new URL(server.url);
  url.pathname = `/${database}`;
  return { url: url.href };
}

/** The database as DATABASE_URL would name it. */
export function urlOf(connection: DatabaseConnection): string {
  if ('url' in connection) return connection.url;
  const { host, user, database } = connection;
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}
