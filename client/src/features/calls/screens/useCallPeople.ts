import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useLive } from '../../../components/useLive.ts';
import { useMyId } from '../../../components/useMyId.ts';
import { KEYS } from '../../../offline/copy.ts';
import type { Query } from '../../../offline/liveQuery.ts';
import { chatHeaderQuery } from '../../../offline/queries.ts';
import type { ChatHeader } from '../../../offline/readModels.ts';
import { chatName } from '../../chats/chatName.ts';

/** Names of these people, from the device's copy; one who is not in it yet is somebody. */
export function useNames(userIds: readonly string[]): (userId: string) => string {
  const { t } = useTranslation();
  const { copy } = useServices();
  const people = useLive(copy, peopleQuery(userIds));
  return useCallback((userId) => people?.get(userId)?.name ?? t('chats.unknownPerson'), [people, t]);
}

export type CalledChat = { name: string; avatarId: string; isGroup: boolean };

/** How the chat of a call is called and drawn. */
export function useCalledChat(chatId: string): CalledChat {
  const { t } = useTranslation();
  const { copy } = useServices();
  const header = useLive<ChatHeader | null>(copy, chatHeaderQuery(useMyId(), chatId));
  if (!header) return { name: '', avatarId: chatId, isGroup: false };
  return {
    name: chatName(t, header),
    avatarId: header.peer?.id ?? chatId,
    isGroup: header.kind === 'group' || header.kind === 'room',
  };
}

function peopleQuery(userIds: readonly string[]): Query<ReadonlyMap<string, Person>> {
  const ids = [...new Set(userIds)].sort();
  return {
    scope: 'callPeople',
    id: `callPeople ${ids.join(' ')}`,
    keys: [KEYS.people],
    async read(tx) {
      const held = await Promise.all(ids.map((id) => tx.person(id)));
      return new Map(held.flatMap((person) => (person ? [[person.id, person]] : [])));
    },
  };
}
