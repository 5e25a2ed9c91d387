import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** A statement that the database parses and plans once per connection; `name` is unlike that of any other. */
export type Prepared<Row extends QueryResultRow> = { name: string; text: string; row?: Row };

/**
 * Runs one statement as a transaction of its own, in one round trip, on the data source's pool. For the few statements where
 * parsing, planning and the layers above cost more than the work. Rejects with errors of `pg`.
 */
export async function runPrepared<Row extends QueryResultRow>(
  dataSource: DataSource,
  { name, text }: Prepared<Row>,
  values: unknown[],
): Promise<Row[]> {
  // The driver is the one that createDataSource chose; its type says neither that nor what its pool is.
  const { master } = dataSource.driver as unknown as { master: Pool };
  const { rows } = await master.query<Row>({ name, text, values });
  return rows;
}
