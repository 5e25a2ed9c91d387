import { EntitySchema } from 'typeorm';

/** One person does not want to hear of another. Told to nobody but the one who blocks. */
export type BlockEntity = {
  userId: string;
  blockedId: string;
  createdAt: Date;
};

const belongsToUser = (name: string, column: string) => ({
  name,
  target: 'User',
  columnNames: [column],
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE' as const,
});

export const BlockSchema = new EntitySchema<BlockEntity>({
  name: 'Block',
  tableName: 'blocks',
  columns: {
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'blocks_pkey' },
    blockedId: { name: 'blocked_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'blocks_pkey' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [{ name: 'blocks_blocked', columns: ['blockedId'] }],
  foreignKeys: [belongsToUser('blocks_user_fk', 'userId'), belongsToUser('blocks_blocked_fk', 'blockedId')],
});
