import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { createGuardedGet, type GuardedGet } from '../../http/guardedGet.ts';
import type { Log } from '../../log.ts';
import type { TelegramConfig } from '../../telegramConfig.ts';
import type { PhotoParts } from '../identity/changePhoto.ts';
import { isPhoto, putPhoto } from '../identity/setPhoto.ts';

/** A flood of new accounts holds no more connections and memory than this; the others get theirs at the next launch. */
const MOST_AT_ONCE = 20;

type Parts = PhotoParts & { config: Pick<TelegramConfig, 'photoHosts' | 'photoTestAuthority'>; log: Log };

export type PhotoTaker = {
  /** Takes over the photo that this account is still to get from Telegram, if there is one. Nobody waits for it. */
  take(userId: string): void;
  /** Ends what is under way. */
  close(): Promise<void>;
};

/**
 * Gives accounts that were made from Telegram the photo that their person has there. Which ones are to get one stands in
 * `telegram_identities.photo_url`, until it is taken over, or there turns out to be none.
 */
export function createPhotoTaker({ config, log, ...parts }: Parts): PhotoTaker {
  const underWay = new Map<string, Promise<void>>();
  let isClosed = false;
  const client = createGuardedGet({
    hosts: config.photoHosts,
    loopbackAuthority: config.photoTestAuthority,
    maxBytes: LIMITS.photoBytes,
  });
  // Who has chosen one, and takes it away again, is not to get Telegram's instead.
  parts.announcer.on('personChanged', ({ person }) =>
    person.photoId ? forgetAll(parts, person.id) : undefined,
  );
  return {
    take(userId) {
      if (isClosed || underWay.has(userId) || underWay.size >= MOST_AT_ONCE) return;
      const taking = takeOver(parts, client, userId)
        .catch((error: unknown) => log.warn({ err: error }, 'a photo at Telegram was not taken over'))
        .finally(() => underWay.delete(userId));
      underWay.set(userId, taking);
    },
    async close() {
      isClosed = true;
      client.close();
      await Promise.all(underWay.values());
    },
  };
}

async function takeOver(parts: PhotoParts, client: GuardedGet, userId: string): Promise<void> {
  const [wanted]: { photoUrl: string; hasPhoto: boolean }[] = await parts.dataSource.query(
    `SELECT t.photo_url "photoUrl", p.photo_id IS NOT NULL "hasPhoto"
       FROM telegram_identities t JOIN people p ON p.id = t.user_id
      WHERE t.user_id = $1 AND t.photo_url IS NOT NULL`,
    [userId],
  );
  if (!wanted) return;
  if (!wanted.hasPhoto) {
    const answer = await client.get(wanted.photoUrl);
    // The next launch tries again.
    if (answer.is === 'unreached') return;
    if (answer.is === 'got' && isPhoto(answer.body))
      await putPhoto(parts, userId, answer.body, { isFirstOnly: true });
  }
  await forgetAll(parts, userId);
}

/** By itself, and not while a photo is set: signing in locks these rows in the other order. */
async function forgetAll({ dataSource }: Pick<PhotoParts, 'dataSource'>, userId: string): Promise<void> {
  await dataSource.query(
    'UPDATE telegram_identities SET photo_url = NULL WHERE user_id = $1 AND photo_url IS NOT NULL',
    [userId],
  );
}
