import { EntitySchema } from 'typeorm';

/** One row. `databaseId` is replaced by a restore, so that every device starts anew (rule 11 of docs/sync.md). */
export type ServerStateEntity = { isOnly: boolean; databaseId: string };

export const ServerStateSchema = new EntitySchema<ServerStateEntity>({
  name: 'ServerState',
  tableName: 'server_state',
  columns: {
    isOnly: {
      name: 'is_only',
      type: 'boolean',
      primary: true,
      primaryKeyConstraintName: 'server_state_pkey',
      default: true,
    },
    databaseId: { name: 'database_id', type: 'uuid' },
  },
});
