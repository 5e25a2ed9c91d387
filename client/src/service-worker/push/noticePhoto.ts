import type { Notice } from '@ahoy/shared/protocol/notifications.ts';
import type { Copy } from '../../offline/copy.ts';

/** Arguments that every browser takes in one call. */
const CHUNK = 8_192;

/** The photo, as the copy holds it, of whom a notice is about: a data URL, for a worker cannot make others. */
export async function noticePhoto(copy: Copy | null, notice: Notice): Promise<string | undefined> {
  const personId = personOf(notice);
  if (!copy || personId === null) return undefined;
  try {
    const photo = await copy.read((tx) => tx.photo(personId));
    return photo && toDataUrl(photo.jpeg);
  } catch (error) {
    // A notification without a photo is better than none.
    console.debug('The photo could not be read:', error);
    return undefined;
  }
}

function personOf(notice: Notice): string | null {
  switch (notice.kind) {
    case 'message':
      return notice.senderId;
    case 'call':
    case 'callOver':
      return notice.callerId;
    case 'knock':
      return notice.personId;
    case 'test':
      return null;
    default:
      return notice satisfies never;
  }
}

function toDataUrl(jpeg: ArrayBuffer): string {
  const bytes = new Uint8Array(jpeg);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return `data:image/jpeg;base64,${btoa(binary)}`;
}
