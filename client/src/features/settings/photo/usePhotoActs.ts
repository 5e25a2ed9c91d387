import { useMutation } from '@tanstack/react-query';
import { useApiQueries, useServices } from '../../../components/ServicesContext.tsx';

/** Sets or removes the own photo on the server; the answer is what the app shows from then on. */
export function usePhotoActs() {
  const { session } = useServices();
  const { identity } = useApiQueries();
  const set = useMutation(identity.setPhoto.mutationOptions({ onSuccess: (me) => session.setMe(me) }));
  const remove = useMutation(identity.removePhoto.mutationOptions({ onSuccess: (me) => session.setMe(me) }));
  return { set, remove };
}
