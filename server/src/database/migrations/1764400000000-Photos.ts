import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Profile photos, and those at Telegram that new accounts are to get. */
export class Photos1764400000000 implements MigrationInterface {
  name = 'Photos1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE photos (
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        jpeg bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT photos_pkey PRIMARY KEY (id),
        CONSTRAINT photos_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX photos_user ON photos (user_id);
      -- A JPEG is packed already: PostgreSQL need not try.
      ALTER TABLE photos ALTER COLUMN jpeg SET STORAGE EXTERNAL;

      ALTER TABLE people ADD COLUMN photo_id uuid;
      ALTER TABLE telegram_identities ADD COLUMN photo_url text;
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
