import { useMutation } from '@tanstack/react-query';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';

/** Changes profile or settings on the server; the answer is what the app shows from then on. */
export function useUpdateMe() {
  const { session } = useServices();
  return useMutation(
    useApiQueries().identity.updateMe.mutationOptions({ onSuccess: (me) => session.setMe(me) }),
  );
}
