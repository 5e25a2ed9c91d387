import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Telegram as a way in, what its bot said, links that sign in another browser, and accounts that are aliases. */
export class Telegram1764200000000 implements MigrationInterface {
  name = 'Telegram1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telegram_identities (
        telegram_id bigint NOT NULL,
        user_id uuid NOT NULL,
        name text NOT NULL,
        username text,
        bot text NOT NULL DEFAULT 'unknown',
        linked_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT telegram_identities_pkey PRIMARY KEY (telegram_id),
        CONSTRAINT telegram_identities_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX telegram_identities_user ON telegram_identities (user_id);

      CREATE TABLE telegram_launches (
        hash text NOT NULL,
        session_id uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT telegram_launches_pkey PRIMARY KEY (hash)
      );
      CREATE INDEX telegram_launches_expires ON telegram_launches (expires_at);

      CREATE TABLE telegram_logins (
        state_hash text NOT NULL,
        secret_hash text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT telegram_logins_pkey PRIMARY KEY (state_hash)
      );
      CREATE INDEX telegram_logins_expires ON telegram_logins (expires_at);

      CREATE TABLE telegram_notices (
        user_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        chat_id uuid NOT NULL,
        kind text NOT NULL,
        telegram_id bigint NOT NULL,
        message_id bigint,
        first_seq bigint NOT NULL DEFAULT 0,
        seq bigint NOT NULL DEFAULT 0,
        told_seq bigint NOT NULL DEFAULT 0,
        told_at timestamptz,
        sent_at timestamptz NOT NULL DEFAULT now(),
        due_at timestamptz,
        claimed_until timestamptz,
        tries integer NOT NULL DEFAULT 0,
        CONSTRAINT telegram_notices_pkey PRIMARY KEY (user_id, subject_id),
        CONSTRAINT telegram_notices_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX telegram_notices_subject ON telegram_notices (subject_id);
      CREATE INDEX telegram_notices_sent ON telegram_notices (sent_at);
      CREATE INDEX telegram_notices_due ON telegram_notices (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE telegram_looks (
        session_id uuid NOT NULL,
        user_id uuid NOT NULL,
        looked_at_until timestamptz,
        CONSTRAINT telegram_looks_pkey PRIMARY KEY (session_id),
        CONSTRAINT telegram_looks_session_fk FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      );
      CREATE INDEX telegram_looks_user ON telegram_looks (user_id);

      CREATE TABLE hand_offs (
        token_hash text NOT NULL,
        session_id uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT hand_offs_pkey PRIMARY KEY (token_hash),
        CONSTRAINT hand_offs_session_fk FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      );
      CREATE INDEX hand_offs_session ON hand_offs (session_id);
      CREATE INDEX hand_offs_expires ON hand_offs (expires_at);

      ALTER TABLE sessions ADD COLUMN is_in_memory boolean NOT NULL DEFAULT false;
      ALTER TABLE users ADD COLUMN merged_into uuid;
      CREATE INDEX users_merged ON users (merged_into) WHERE merged_into IS NOT NULL;
      ALTER TABLE people ADD COLUMN merged_into uuid;
      ALTER TABLE account_chats ADD COLUMN is_archived boolean NOT NULL DEFAULT false;
      ALTER TABLE notification_settings ADD COLUMN telegram text NOT NULL DEFAULT 'auto';
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
