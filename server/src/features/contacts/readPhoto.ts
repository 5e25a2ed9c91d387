import type { DataSource } from 'typeorm';
import { fail } from '../fail.ts';

/** A photo as a JPEG. NOT_FOUND for one that was replaced, too. Who knows the id may see it. */
export async function readPhoto(dataSource: DataSource, photoId: string): Promise<File> {
  const [photo]: { jpeg: Buffer<ArrayBuffer> }[] = await dataSource.query(
    'SELECT jpeg FROM photos WHERE id = $1',
    [photoId],
  );
  if (!photo) throw fail('NOT_FOUND');
  return new File([photo.jpeg], `${photoId}.jpg`, { type: 'image/jpeg' });
}
