import { EntitySchema } from 'typeorm';

/**
 * A person's photo. Its bytes are here, in the database, so that a backup has them and every process gives them out; they
 * are few, and devices keep what they have seen.
 */
type PhotoEntity = {
  /** Random all over (UUIDv4): whoever can name it was told by somebody who sees the person. Each new photo has a new one. */
  id: string;
  userId: string;
  jpeg: Buffer;
  createdAt: Date;
};

export const PhotoSchema = new EntitySchema<PhotoEntity>({
  name: 'Photo',
  tableName: 'photos',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'photos_pkey' },
    userId: { name: 'user_id', type: 'uuid' },
    jpeg: { type: 'bytea' },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [{ name: 'photos_user', columns: ['userId'], unique: true }],
  foreignKeys: [
    {
      name: 'photos_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
