import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { schema } from '../schema.ts';
import { startTestDatabase } from '../test/startTestDatabase.ts';
import { createDataSource } from './dataSource.ts';
import { migrate } from './migrate.ts';

test('after all migrations, one generated from the entities would be empty', async () => {
  const log = createLog('silent');
  const database = await startTestDatabase();
  const dataSource = createDataSource({ connection: database.connection, ...schema, log });
  try {
    await dataSource.initialize();
    await migrate(dataSource, log);
    const difference = await dataSource.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map((query) => query.query)).toEqual([]);
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
});
