/** A picture that can be drawn, turned as it was taken. */
export type Picture = { url: string; image: HTMLImageElement };

export type PictureProblem = 'unreadable' | 'tooLarge';

const MAX_BYTES = 40 * 1024 * 1024;
/** A phone that decodes more runs out of memory. */
const MAX_PIXELS = 100_000_000;

/** Opens a file that somebody chose; its URL is to be revoked. */
export async function openPicture(file: File): Promise<Picture | PictureProblem> {
  if (file.size > MAX_BYTES) return 'tooLarge';
  const url = URL.createObjectURL(file);
  const image = new Image();
  const loaded = await new Promise<boolean>((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });
  const pixels = image.naturalWidth * image.naturalHeight;
  if (loaded && pixels > 0 && pixels <= MAX_PIXELS) return { url, image };
  URL.revokeObjectURL(url);
  return loaded && pixels > 0 ? 'tooLarge' : 'unreadable';
}
