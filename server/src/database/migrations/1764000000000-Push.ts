import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices that are pushed to and what they were shown; what people want to hear of; who could be told of a call. */
export class Push1764000000000 implements MigrationInterface {
  name = 'Push1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_subscriptions (
        session_id uuid NOT NULL,
        user_id uuid NOT NULL,
        endpoint text NOT NULL,
        p256dh text NOT NULL,
        auth text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_pushed_at timestamptz,
        last_status integer,
        looked_at_until timestamptz,
        CONSTRAINT push_subscriptions_pkey PRIMARY KEY (session_id),
        CONSTRAINT push_subscriptions_session_fk FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      );
      CREATE INDEX push_subscriptions_user ON push_subscriptions (user_id);
      CREATE UNIQUE INDEX push_subscriptions_endpoint ON push_subscriptions (endpoint);

      CREATE TABLE pushed_chats (
        session_id uuid NOT NULL,
        chat_id uuid NOT NULL,
        seq bigint NOT NULL,
        CONSTRAINT pushed_chats_pkey PRIMARY KEY (session_id, chat_id),
        CONSTRAINT pushed_chats_device_fk FOREIGN KEY (session_id)
          REFERENCES push_subscriptions (session_id) ON DELETE CASCADE,
        CONSTRAINT pushed_chats_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
      );

      CREATE TABLE pushed_calls (
        call_id uuid NOT NULL,
        session_id uuid NOT NULL,
        user_id uuid NOT NULL,
        is_rung boolean NOT NULL,
        CONSTRAINT pushed_calls_pkey PRIMARY KEY (call_id, session_id),
        CONSTRAINT pushed_calls_call_fk FOREIGN KEY (call_id) REFERENCES calls (id) ON DELETE CASCADE
      );

      CREATE TABLE push_tests (
        id uuid NOT NULL,
        session_id uuid NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        sent_after_ms double precision,
        status integer,
        answered_after_ms double precision,
        shown_after_ms double precision,
        problem text,
        CONSTRAINT push_tests_pkey PRIMARY KEY (id),
        CONSTRAINT push_tests_session_fk FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      );
      CREATE INDEX push_tests_started ON push_tests (started_at);

      CREATE TABLE notification_settings (
        user_id uuid NOT NULL,
        messages boolean NOT NULL DEFAULT true,
        calls boolean NOT NULL DEFAULT true,
        missed_calls boolean NOT NULL DEFAULT true,
        has_preview boolean NOT NULL DEFAULT true,
        quiet jsonb,
        missed_letter_at timestamptz,
        CONSTRAINT notification_settings_pkey PRIMARY KEY (user_id),
        CONSTRAINT notification_settings_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );

      ALTER TABLE account_chats ADD COLUMN muted_until timestamptz;
      ALTER TABLE call_invitations ADD COLUMN reach text;
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
