import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rooms with their links, who waits and who stays out; guests; calls that are open to their chat. */
export class Rooms1764100000000 implements MigrationInterface {
  name = 'Rooms1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rooms (
        chat_id uuid NOT NULL,
        created_by uuid NOT NULL,
        media text NOT NULL,
        starts_at timestamptz,
        expires_at timestamptz NOT NULL,
        has_waiting_room boolean NOT NULL,
        allows_guests boolean NOT NULL,
        revoked_at timestamptz,
        token_hash text NOT NULL,
        code_hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT rooms_pkey PRIMARY KEY (chat_id),
        CONSTRAINT rooms_chat_fk FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX rooms_token ON rooms (token_hash);
      CREATE UNIQUE INDEX rooms_code ON rooms (code_hash);
      CREATE INDEX rooms_creator ON rooms (created_by);
      CREATE INDEX rooms_expires ON rooms (expires_at);

      CREATE TABLE room_knocks (
        chat_id uuid NOT NULL,
        user_id uuid NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT room_knocks_pkey PRIMARY KEY (chat_id, user_id),
        CONSTRAINT room_knocks_room_fk FOREIGN KEY (chat_id) REFERENCES rooms (chat_id) ON DELETE CASCADE
      );

      CREATE TABLE room_devices (
        chat_id uuid NOT NULL,
        user_id uuid NOT NULL,
        device_hash text NOT NULL,
        CONSTRAINT room_devices_pkey PRIMARY KEY (chat_id, user_id, device_hash),
        CONSTRAINT room_devices_room_fk FOREIGN KEY (chat_id) REFERENCES rooms (chat_id) ON DELETE CASCADE
      );

      CREATE TABLE room_bans (
        chat_id uuid NOT NULL,
        user_id uuid NOT NULL,
        device_hash text NOT NULL,
        until timestamptz,
        CONSTRAINT room_bans_pkey PRIMARY KEY (chat_id, user_id, device_hash),
        CONSTRAINT room_bans_room_fk FOREIGN KEY (chat_id) REFERENCES rooms (chat_id) ON DELETE CASCADE
      );
      CREATE INDEX room_bans_until ON room_bans (until);

      ALTER TABLE users ADD COLUMN guest_of uuid;
      ALTER TABLE users ADD COLUMN is_met_in_rooms boolean NOT NULL DEFAULT true;
      CREATE INDEX users_guest ON users (guest_of) WHERE guest_of IS NOT NULL;
      ALTER TABLE challenges ADD COLUMN guest_id uuid;
      ALTER TABLE members ADD COLUMN is_guest boolean NOT NULL DEFAULT false;
      ALTER TABLE members ADD COLUMN was_in_call boolean NOT NULL DEFAULT false;
      ALTER TABLE members ADD COLUMN is_met boolean NOT NULL DEFAULT false;
      ALTER TABLE calls ADD COLUMN is_open boolean NOT NULL DEFAULT false;
      ALTER TABLE calls ADD COLUMN capacity integer NOT NULL DEFAULT 16;
    `);
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
