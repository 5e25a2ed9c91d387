import { EntitySchema } from 'typeorm';

/** One signed-in device. Refresh tokens are derived from (id, generation): none is stored. */
export type SessionEntity = {
  id: string;
  userId: string;
  /** Generation of the newest refresh token given out. */
  generation: number;
  /** When the newest token was first given out, so when its predecessor was first used. */
  rotatedAt: Date;
  /** When the person last proved who they are: acts that need fresh authentication look here. */
  authenticatedAt: Date;
  /** A page opened it that keeps its token itself, as inside Telegram; else it is in a cookie that no script reads. */
  isInMemory: boolean;
  userAgent: string;
  address: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
};

export const SessionSchema = new EntitySchema<SessionEntity>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'sessions_pkey' },
    userId: { name: 'user_id', type: 'uuid' },
    generation: { type: 'integer' },
    rotatedAt: { name: 'rotated_at', type: 'timestamptz' },
    authenticatedAt: { name: 'authenticated_at', type: 'timestamptz' },
    isInMemory: { name: 'is_in_memory', type: 'boolean', default: false },
    userAgent: { name: 'user_agent', type: 'text' },
    address: { type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
    lastUsedAt: { name: 'last_used_at', type: 'timestamptz', default: () => 'now()' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'sessions_user', columns: ['userId'] },
    { name: 'sessions_expires', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'sessions_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
