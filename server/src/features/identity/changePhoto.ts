import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { type PersonEntity, PersonSchema } from '../contacts/person.entity.ts';
import { holdMe } from './holdMe.ts';
import { presentMe } from './me.presenter.ts';
import type { Identity } from './parts.ts';

export type PhotoParts = Pick<Identity, 'dataSource' | 'announcer'>;

/**
 * Lets `change` write the person's photo and say which they have now. Another one than before is a new version of the
 * person, which everybody who sees them is told of.
 */
export async function changePhoto(
  { dataSource, announcer }: PhotoParts,
  userId: string,
  change: (manager: EntityManager, person: PersonEntity) => Promise<string | null>,
): Promise<Me> {
  const { me, isNew } = await transaction(dataSource, async (manager) => {
    const { user, person } = await holdMe(manager, userId);
    const photoId = await change(manager, person);
    if (photoId === person.photoId) return { me: presentMe(person, user), isNew: false };
    const next = { photoId, version: person.version + 1 };
    const changed = () => 'pg_current_xact_id()::text::bigint';
    await manager.update(PersonSchema, { id: userId }, { ...next, changed });
    return { me: presentMe({ ...person, ...next }, user), isNew: true };
  });
  if (isNew) announcer.announce('personChanged', { person: me.person });
  return me;
}
