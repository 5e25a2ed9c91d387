import type { RoomStanding } from '@ahoy/shared/protocol/rooms.ts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useMe } from '../../components/useMe.ts';
import { languageOf } from '../../i18n/createI18n.ts';
import { toFailure } from '../../net/failure.ts';

/** Knocks at a room's door: as who is signed in, or as a guest by a name. */
export function useEntering(key: string) {
  const { api, session } = useServices();
  const { i18n } = useTranslation();
  const me = useMe();

  async function asGuest(name: string): Promise<RoomStanding> {
    const answer = await api.rooms.enterAsGuest({ key, name, locale: languageOf(i18n) });
    session.signIn(answer.session);
    return answer.standing;
  }

  async function enter(name: string): Promise<RoomStanding> {
    if (me === null) return asGuest(name);
    if (me.guestOf === undefined) return api.rooms.enter({ key });
    try {
      return await api.rooms.enter({ key });
    } catch (error) {
      // A guest of one room is a stranger to all others, and comes into them as another guest.
      const { code } = toFailure(error);
      if (code === 'NOT_FOUND' || code === 'FORBIDDEN') return asGuest(name);
      throw error;
    }
  }

  return useMutation({ mutationFn: enter });
}
