import { EntitySchema } from 'typeorm';

/** A letter that waits for its answer. Only hashes of the code, the link's token and the browser's secret are kept. */
export type ChallengeEntity = {
  id: string;
  kind: 'register' | 'reset';
  email: string;
  /** Whose password a reset sets; absent where no account has the address (the answer must not tell). */
  userId: string | null;
  /** What the account will be, of a registration whose address is free. */
  registration: { name: string; passwordHash: string } | null;
  /** The guest of a room who registers, and becomes that person. */
  guestId: string | null;
  locale: 'en' | 'ru';
  codeHash: string;
  tokenHash: string;
  secretHash: string;
  triesLeft: number;
  sentAt: Date;
  sentCount: number;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
};

export const ChallengeSchema = new EntitySchema<ChallengeEntity>({
  name: 'Challenge',
  tableName: 'challenges',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'challenges_pkey' },
    kind: { type: 'text' },
    email: { type: 'text' },
    userId: { name: 'user_id', type: 'uuid', nullable: true },
    registration: { type: 'jsonb', nullable: true },
    guestId: { name: 'guest_id', type: 'uuid', nullable: true },
    locale: { type: 'text' },
    codeHash: { name: 'code_hash', type: 'text' },
    tokenHash: { name: 'token_hash', type: 'text' },
    secretHash: { name: 'secret_hash', type: 'text' },
    triesLeft: { name: 'tries_left', type: 'integer' },
    sentAt: { name: 'sent_at', type: 'timestamptz' },
    sentCount: { name: 'sent_count', type: 'integer', default: 1 },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    usedAt: { name: 'used_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [
    { name: 'challenges_token', columns: ['tokenHash'], unique: true },
    { name: 'challenges_expires', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'challenges_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
