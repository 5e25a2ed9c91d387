import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { errorText } from '../../i18n/errorText.ts';

/** Blocks and unblocks a person on the server; the account's stream then tells all of one's devices. */
export function useBlocking(person: { id: string; name: string }) {
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const { contacts } = useApiQueries();
  const told = (text: string) => ({
    onSuccess: () => showToast({ text }),
    onError: (error: Error) => showToast({ text: errorText(t, error) }),
    onSettled: () => client.invalidateQueries({ queryKey: contacts.blocked.key() }),
  });
  const block = useMutation(
    contacts.block.mutationOptions(told(t('contacts.blocked', { name: person.name }))),
  );
  const unblock = useMutation(
    contacts.unblock.mutationOptions(told(t('contacts.unblocked', { name: person.name }))),
  );
  return {
    isBusy: block.isPending || unblock.isPending,
    block: (onDone?: () => void) => block.mutate({ personId: person.id }, { onSuccess: onDone }),
    unblock: () => unblock.mutate({ personId: person.id }),
  };
}
