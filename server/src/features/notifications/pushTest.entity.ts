import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { EntitySchema } from 'typeorm';

/** One round of the push doctor; kept for an hour. */
export type PushTestEntity = PushTest & { sessionId: string; startedAt: Date };

export const PushTestSchema = new EntitySchema<PushTestEntity>({
  name: 'PushTest',
  tableName: 'push_tests',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'push_tests_pkey' },
    sessionId: { name: 'session_id', type: 'uuid' },
    startedAt: { name: 'started_at', type: 'timestamptz', default: () => 'now()' },
    sentAfterMs: { name: 'sent_after_ms', type: 'double precision', nullable: true },
    status: { type: 'integer', nullable: true },
    answeredAfterMs: { name: 'answered_after_ms', type: 'double precision', nullable: true },
    shownAfterMs: { name: 'shown_after_ms', type: 'double precision', nullable: true },
    problem: { type: 'text', nullable: true },
  },
  indices: [{ name: 'push_tests_started', columns: ['startedAt'] }],
  foreignKeys: [
    {
      name: 'push_tests_session_fk',
      target: 'Session',
      columnNames: ['sessionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
