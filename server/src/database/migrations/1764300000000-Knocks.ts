import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When who waits at a room's door was last heard of. */
export class Knocks1764300000000 implements MigrationInterface {
  name = 'Knocks1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE room_knocks ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now()');
  }

  /** Migrations only move forward: going back means restoring a backup. */
  async down(): Promise<void> {
    throw new Error('Ahoy does not migrate backwards; restore a backup');
  }
}
