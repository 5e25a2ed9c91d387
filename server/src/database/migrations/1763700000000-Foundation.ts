import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People and their accounts, sessions and letters; chats with members of any number; versioned messages. */
export class Foundation1763700000000 implements MigrationInterface {
  name = 'Foundation1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE server_state (
        is_only boolean NOT NULL DEFAULT true,
        database_id uuid NOT NULL,
        CONSTRAINT server_state_pkey PRIMARY KEY (is_only)
      );
      INSERT INTO server_state (database_id) VALUES (gen_random_uuid());

      CREATE TABLE people (
        id uuid NOT NULL,
        version bigint NOT NULL,
        changed bigint NOT NULL,
        name text NOT NULL,
        username text,
        about text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT people_pkey PRIMARY KEY (id)
      );
      CREATE INDEX people_changed ON people (changed);
      CREATE UNIQUE INDEX people_username ON people (lower(username));

      CREATE TABLE users (
        id uuid NOT NULL,
        email text,
        password_hash text,
        is_findable_by_email boolean NOT NULL DEFAULT true,
        locale text NOT NULL,
        account_version bigint NOT NULL DEFAULT 0,
        settings_version bigint NOT NULL DEFAULT 0,
        last_seen_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_person FOREIGN KEY (id) REFERENCES people (id)
      );
      CREATE UNIQUE INDEX users_email ON users (email);

      CREATE TABLE sessions (
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        generation integer NOT NULL,
        rotated_at timestamptz NOT NULL,
        authenticated_at timestamptz NOT NULL,
        user_agent text NOT NULL,
        address text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT sessions_pkey PRIMARY KEY (id),
        CONSTRAINT sessions_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE INDEX sessions_user ON sessions (user_id);
      CREATE INDEX sessions_expires ON sessions (expires_at);

      CREATE TABLE challenges (
        id uuid NOT NULL,
        kind text NOT NULL,
        email text NOT NULL,
        user_id uuid,
        registration jsonb,
        locale text NOT NULL,
        code_hash text NOT NULL,
        token_hash text NOT NULL,
        secret_hash text NOT NULL,
        tries_left integer NOT NULL,
        sent_at timestamptz NOT NULL,
        sent_count integer NOT NULL DEFAULT 1,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT challenges_pkey PRIMARY KEY (id),
        CONSTRAINT challenges_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX challenges_token ON challenges (token_hash);
      CREATE INDEX challenges_expires ON challenges (expires_at);

      CREATE TABLE chats (
        id uuid NOT NULL,
        kind text NOT NULL,
        title text,
        version bigint NOT NULL,
        row_version bigint NOT NULL,
        last_seq bigint NOT NULL DEFAULT 0,
        epoch integer NOT NULL DEFAULT 0,
        member_count integer NOT NULL,
        changed bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT chats_pkey PRIMARY KEY (id)
      );

      CREATE TABLE members (
        chat_id uuid NOT NULL,
        user_id uuid NOT NULL,
        version bigint NOT NULL,
        is_in boolean NOT NULL DEFAULT true,
        role text NOT NULL DEFAULT 'member',
        since bigint NOT NULL,
        read_seq bigint NOT NULL DEFAULT 0,
        delivered_seq bigint NOT NULL DEFAULT 0,
        CONSTRAINT members_pkey PRIMARY KEY (chat_id, user_id),
        CONSTRAINT members_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE,
        CONSTRAINT members_person_fk FOREIGN KEY (user_id) REFERENCES people (id)
      );
      CREATE INDEX members_chat_version ON members (chat_id, version);
      CREATE INDEX members_user ON members (user_id, chat_id) INCLUDE (is_in);

      CREATE TABLE account_chats (
        user_id uuid NOT NULL,
        chat_id uuid NOT NULL,
        version bigint NOT NULL,
        is_in boolean NOT NULL DEFAULT true,
        at bigint NOT NULL,
        read_seq bigint NOT NULL DEFAULT 0,
        own integer NOT NULL DEFAULT 0,
        last bigint NOT NULL DEFAULT 0,
        delivered_seq bigint NOT NULL DEFAULT 0,
        CONSTRAINT account_chats_pkey PRIMARY KEY (user_id, chat_id),
        CONSTRAINT account_chats_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT account_chats_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
      );
      CREATE INDEX account_chats_version ON account_chats (user_id, version);

      CREATE TABLE messages (
        id uuid NOT NULL,
        chat_id uuid NOT NULL,
        seq bigint NOT NULL,
        version bigint NOT NULL,
        sender_id uuid NOT NULL,
        kind text NOT NULL,
        text text NOT NULL,
        content_hash bytea NOT NULL,
        reply_to_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        edited_at timestamptz,
        deleted_at timestamptz,
        text_stamp bigint NOT NULL DEFAULT 0,
        CONSTRAINT messages_pkey PRIMARY KEY (id),
        CONSTRAINT messages_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX messages_chat_seq ON messages (chat_id, seq);
      CREATE INDEX messages_chat_version ON messages (chat_id, version);
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
