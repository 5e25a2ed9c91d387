import type { Copy } from './copy.ts';
import { dropPhotos, trimCopy } from './trimCopy.ts';

/** Of the room that the browser gives us, this share may be full before we make room ourselves. */
const FULL_SHARE = 0.8;

/**
 * Asks the browser never to clear our storage by itself, at most once. Some ask the person, so the right moment is when
 * something of theirs is at stake: their first message.
 */
export function createPersistenceQuestion(storage: StorageManager | undefined): () => Promise<void> {
  let isAsked = false;
  return async () => {
    if (isAsked || !storage?.persist) return;
    isAsked = true;
    if (!(await storage.persisted())) await storage.persist();
  };
}

/** Gives up photos, and then history, before the browser runs out of room and takes everything. */
export async function makeRoomInTime(copy: Copy, storage: StorageManager | undefined): Promise<void> {
  if (!(await isNearlyFull(storage))) return;
  await dropPhotos(copy);
  if (await isNearlyFull(storage)) await trimCopy(copy);
}

async function isNearlyFull(storage: StorageManager | undefined): Promise<boolean> {
  if (!storage?.estimate) return false;
  const { usage = 0, quota = 0 } = await storage.estimate();
  return quota > 0 && usage > quota * FULL_SHARE;
}
