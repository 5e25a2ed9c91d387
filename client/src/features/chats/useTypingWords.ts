import type { Chat } from '@ahoy/shared/protocol/entities.ts';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { KEYS } from '../../offline/copy.ts';

/** "typing…", with the name where more than two talk; null: nobody types. */
export function useTypingWords(chatId: string, kind: Chat['kind'], me: string): string | null {
  const { typing, copy } = useServices();
  const { t } = useTranslation();
  const personId = useStoreOf(typing.store, (now) => now.chats[chatId]?.find((id) => id !== me) ?? null);
  const isNamed = personId !== null && (kind === 'group' || kind === 'room');
  const name = useLive(copy, {
    scope: 'typing person',
    id: `typing person ${isNamed ? personId : ''}`,
    keys: [KEYS.people],
    read: async (tx) => (isNamed ? ((await tx.person(personId))?.name ?? null) : null),
  });
  if (personId === null) return null;
  return name ? t('chats.typingWho', { name }) : t('chats.typing');
}
