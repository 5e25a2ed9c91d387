import { EntitySchema } from 'typeorm';

/** A link that signs in another browser of the same person, once. Only the hash of its token is kept. */
export type HandOffEntity = {
  tokenHash: string;
  /** Which asked for it: once that is over, it is good for nothing. */
  sessionId: string;
  expiresAt: Date;
  usedAt: Date | null;
};

export const HandOffSchema = new EntitySchema<HandOffEntity>({
  name: 'HandOff',
  tableName: 'hand_offs',
  columns: {
    tokenHash: {
      name: 'token_hash',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'hand_offs_pkey',
    },
    sessionId: { name: 'session_id', type: 'uuid' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    usedAt: { name: 'used_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'hand_offs_session', columns: ['sessionId'] },
    { name: 'hand_offs_expires', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'hand_offs_session_fk',
      target: 'Session',
      columnNames: ['sessionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
