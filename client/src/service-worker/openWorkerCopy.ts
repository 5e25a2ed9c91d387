import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Copy } from '../offline/copy.ts';
import { openCopyChannel } from '../offline/copyChannel.ts';
import { hasCopyDatabase, openCopyDatabase } from '../offline/database.ts';
import { createIndexedDbCopy } from '../offline/indexedDbCopy.ts';

/**
 * This person's copy as the pages hold it, which hear of every change; null where this device has none. `onEnd`: the
 * database is gone, or of a newer version.
 */
export async function openWorkerCopy(userId: string, onEnd: () => void): Promise<Copy | null> {
  if (!(await hasCopyDatabase(userId))) return null;
  const database = await openCopyDatabase(userId, { onLost: onEnd, onOutdated: onEnd });
  const channel = openCopyChannel(userId);
  return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
}
