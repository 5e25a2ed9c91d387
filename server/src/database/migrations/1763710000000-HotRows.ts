import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that each send changes are changed in place (HOT): no index names what changes, and pages keep room for the next
 * version. Who syncs reads their own chats by the primary key, and sorts those.
 */
export class HotRows1763710000000 implements MigrationInterface {
  name = 'HotRows1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX account_chats_version;
      ALTER TABLE account_chats SET (fillfactor = 80);
      ALTER TABLE chats SET (fillfactor = 80);
      ALTER TABLE users SET (fillfactor = 80);
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
