import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { changePhoto, type PhotoParts } from './changePhoto.ts';

/** Takes the person's photo away. Nothing happens where there is none. */
export function removePhoto(parts: PhotoParts, userId: string): Promise<Me> {
  return changePhoto(parts, userId, async (manager) => {
    await manager.query('DELETE FROM photos WHERE user_id = $1', [userId]);
    return null;
  });
}
