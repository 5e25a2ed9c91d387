import { Client } from 'pg';
import { startEmbeddedPostgres } from '../database/embeddedPostgres.ts';
import { createLog } from '../log.ts';

// The process that a test kills: it writes rows one after another and says which are acknowledged.
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: embeddedOwner.ts FOLDER');
const postgres = await startEmbeddedPostgres({ folder, log: createLog('silent') });
const client = new Client(postgres.connection);
await client.connect();
await client.query('CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY)');
for (let n = 1; ; n += 1) {
  await client.query('INSERT INTO written VALUES ($1)', [n]);
  process.stdout.write(`${n}\n`);
}
