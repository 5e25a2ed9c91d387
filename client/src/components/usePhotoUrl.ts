import { use, useCallback, useSyncExternalStore } from 'react';
import { ServicesContext } from './ServicesContext.tsx';

/**
 * A person's photo, as far as it is here. `photoId`: what was told of somebody whom the device does not know; null as
 * the person: what is shown has no photo.
 */
export function usePhotoUrl(personId: string | null, photoId?: string): string | undefined {
  const photos = use(ServicesContext)?.photos;
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!photos || personId === null) return () => undefined;
      return photos.subscribe(personId, photoId, listener);
    },
    [photos, personId, photoId],
  );
  return useSyncExternalStore(subscribe, () => (personId === null ? undefined : photos?.get(personId)));
}
