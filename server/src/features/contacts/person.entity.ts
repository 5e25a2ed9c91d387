import { EntitySchema } from 'typeorm';

/** What others may know of an account; secrets live in `users`. The ids are the same. */
export type PersonEntity = {
  id: string;
  /** Goes up with each change; the highest wins on every device. */
  version: number;
  /** Transaction that changed the row last: `sync` finds it by `asOf`, without trusting a clock. */
  changed: number;
  name: string;
  username: string | null;
  about: string;
  /** Of the row in `photos`, for everyone to see that there is one. */
  photoId: string | null;
  /** As `users.merged_into`, for everyone to see whose alias this is. */
  mergedInto: string | null;
  createdAt: Date;
};

export const PersonSchema = new EntitySchema<PersonEntity>({
  name: 'Person',
  tableName: 'people',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'people_pkey' },
    version: { type: 'bigint' },
    changed: { type: 'bigint' },
    name: { type: 'text' },
    username: { type: 'text', nullable: true },
    about: { type: 'text', default: '' },
    photoId: { name: 'photo_id', type: 'uuid', nullable: true },
    mergedInto: { name: 'merged_into', type: 'uuid', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [
    { name: 'people_changed', columns: ['changed'] },
    // Unique in any case of letters; TypeORM cannot say lower(), the migration does.
    { name: 'people_username', columns: ['username'], unique: true, synchronize: false },
  ],
});
