import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls in chats: who is asked, which devices are in, how it went; and the message that tells of a call. */
export class Calls1763800000000 implements MigrationInterface {
  name = 'Calls1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calls (
        id uuid NOT NULL,
        chat_id uuid NOT NULL,
        message_id uuid NOT NULL,
        version bigint NOT NULL,
        media text NOT NULL,
        phase text NOT NULL,
        outcome text,
        started_by uuid NOT NULL,
        started_at timestamptz NOT NULL,
        answered_at timestamptz,
        ended_at timestamptz,
        rings_until timestamptz NOT NULL,
        ends_by timestamptz NOT NULL,
        needs_two boolean NOT NULL,
        CONSTRAINT calls_pkey PRIMARY KEY (id),
        CONSTRAINT calls_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX calls_open ON calls (chat_id) WHERE phase <> 'ended';

      CREATE TABLE call_invitations (
        call_id uuid NOT NULL,
        user_id uuid NOT NULL,
        state text NOT NULL,
        is_busy boolean NOT NULL,
        CONSTRAINT call_invitations_pkey PRIMARY KEY (call_id, user_id),
        CONSTRAINT call_invitations_call_fk FOREIGN KEY (call_id) REFERENCES calls (id) ON DELETE CASCADE
      );
      CREATE INDEX call_invitations_ringing ON call_invitations (user_id) WHERE state = 'ringing';

      CREATE TABLE call_participants (
        id uuid NOT NULL,
        call_id uuid NOT NULL,
        user_id uuid NOT NULL,
        session_id uuid NOT NULL,
        joined_at timestamptz NOT NULL,
        left_at timestamptz,
        seen_at timestamptz NOT NULL,
        quality jsonb,
        CONSTRAINT call_participants_pkey PRIMARY KEY (id),
        CONSTRAINT call_participants_call_fk FOREIGN KEY (call_id) REFERENCES calls (id) ON DELETE CASCADE
      );
      CREATE INDEX call_participants_call ON call_participants (call_id);
      CREATE INDEX call_participants_present ON call_participants (user_id) WHERE left_at IS NULL;

      ALTER TABLE messages ADD COLUMN call jsonb;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
