import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useLive } from '../../../components/useLive.ts';
import { useMyId } from '../../../components/useMyId.ts';
import { KEYS } from '../../../offline/copy.ts';
import { chatHeaderQuery } from '../../../offline/queries.ts';

/** Until the copy has answered: keeps the line's height, and says nothing that would change in a moment. */
const NOT_YET = '\u00a0';

/** The name of somebody in a call, from the device's copy. */
export function usePersonName(userId: string): string {
  const { t } = useTranslation();
  const { copy } = useServices();
  const name = useLive(copy, {
    scope: `name of ${userId}`,
    id: `name of ${userId}`,
    keys: [KEYS.people],
    read: async (tx) => (await tx.person(userId))?.name ?? null,
  });
  return name === undefined ? NOT_YET : (name ?? t('callSheets.thisPerson'));
}

/** Whom a call in this chat is with. */
export function useCalledName(chatId: string): string {
  const { t } = useTranslation();
  const { copy } = useServices();
  const header = useLive(copy, chatHeaderQuery(useMyId(), chatId));
  if (header === undefined) return NOT_YET;
  return header?.peer?.name ?? header?.title ?? t('callSheets.thisPerson');
}
