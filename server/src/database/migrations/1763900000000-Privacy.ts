import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who blocks whom, who may call, and calls that never show an address. */
export class Privacy1763900000000 implements MigrationInterface {
  name = 'Privacy1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE blocks (
        user_id uuid NOT NULL,
        blocked_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT blocks_pkey PRIMARY KEY (user_id, blocked_id),
        CONSTRAINT blocks_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT blocks_blocked_fk FOREIGN KEY (blocked_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX blocks_blocked ON blocks (blocked_id);

      ALTER TABLE account_chats
        ADD COLUMN has_blocked boolean NOT NULL DEFAULT false,
        ADD COLUMN is_silenced boolean NOT NULL DEFAULT false;

      ALTER TABLE users
        ADD COLUMN who_may_call text NOT NULL DEFAULT 'everyone',
        ADD COLUMN is_always_relayed boolean NOT NULL DEFAULT false;

      -- Devices hold settings without these: they are told.
      UPDATE users SET account_version = account_version + 1, settings_version = account_version + 1;
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
