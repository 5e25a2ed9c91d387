import { randomUUID } from 'node:crypto';
import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { fail } from '../fail.ts';
import { changePhoto, type PhotoParts } from './changePhoto.ts';
import { readJpegSize } from './jpegSize.ts';
import type { Identity } from './parts.ts';

/** Makes a JPEG, given in base64, the person's photo; the one before is gone. The very same one again changes nothing. */
export async function setPhoto(identity: Identity, userId: string, base64: string): Promise<Me> {
  await identity.limits.photosByPerson(userId);
  const jpeg = Buffer.from(base64, 'base64');
  if (!isPhoto(jpeg)) throw fail('BAD_REQUEST', { fields: ['jpeg'] });
  return putPhoto(identity, userId, jpeg);
}

/** Bounded in what it takes to show, too: a JPEG of a few KB can claim 65,535 pixels each way, and take a browser's memory. */
export function isPhoto(bytes: Buffer): boolean {
  if (bytes.length > LIMITS.photoBytes) return false;
  const size = readJpegSize(bytes);
  return size !== undefined && isSide(size.width) && isSide(size.height);
}

const isSide = (pixels: number) => pixels >= 1 && pixels <= LIMITS.photoPixels;

/** Writes what `isPhoto`; with `isFirstOnly` nothing, where the person has one. */
export function putPhoto(
  parts: PhotoParts,
  userId: string,
  jpeg: Buffer,
  { isFirstOnly } = { isFirstOnly: false },
): Promise<Me> {
  return changePhoto(parts, userId, async (manager, { photoId }) => {
    if (photoId && isFirstOnly) return photoId;
    const [written]: { id: string }[] = await manager.query(
      `INSERT INTO photos AS p (id, user_id, jpeg) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, jpeg = excluded.jpeg, created_at = excluded.created_at
         WHERE p.jpeg <> excluded.jpeg
       RETURNING id`,
      [randomUUID(), userId, jpeg],
    );
    return written?.id ?? photoId;
  });
}
