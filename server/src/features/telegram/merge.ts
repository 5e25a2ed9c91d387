import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { findAccount } from '../identity/findAccount.ts';
import { requireFresh } from '../identity/freshness.ts';
import type { Viewer } from '../procedures.ts';
import { findAccountOf } from './accounts.ts';
import type { Telegram } from './parts.ts';
import { readProof } from './proofs.ts';

/**
 * Makes the account that a Telegram user opens an alias of the viewer's. Who asks has proved both: their own by a fresh
 * session, the other by Telegram. Asked again after it was done, it is done.
 */
export async function merge(
  telegram: Telegram,
  viewer: Viewer,
  { proof, otherId }: { proof: TelegramProof; otherId: string },
  context: RequestContext,
): Promise<void> {
  const { dataSource, limits, clock, mergeAccounts } = telegram;
  if (!mergeAccounts) throw fail('NOT_FOUND');
  await limits.telegramByAddress(context.address);
  await requireFresh(dataSource.manager, viewer, clock());
  const { telegramId } = await readProof(telegram, proof);
  const keptId = viewer.userId;
  const ownerId = await findAccountOf(dataSource.manager, telegramId);
  if (ownerId === keptId && otherId !== keptId) {
    const merged = await findAccount(dataSource.manager, { id: otherId });
    if (merged?.id === keptId) return;
  }
  // What was shown to the person is no longer so.
  if (ownerId !== otherId || ownerId === keptId) throw fail('CONFLICT');
  await mergeAccounts({ keptId, otherId });
}
