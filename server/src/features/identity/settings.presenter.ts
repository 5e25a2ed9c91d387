import type { AccountSettings } from '@ahoy/shared/protocol/entities.ts';
import type { UserEntity } from './user.entity.ts';

/** What only the person themselves may see of their account. */
export function presentSettings(
  user: Pick<UserEntity, 'settingsVersion' | Exclude<keyof AccountSettings, 'version'>>,
): AccountSettings {
  return {
    version: user.settingsVersion,
    email: user.email,
    isFindableByEmail: user.isFindableByEmail,
    whoMayCall: user.whoMayCall,
    isAlwaysRelayed: user.isAlwaysRelayed,
    isMetInRooms: user.isMetInRooms,
    locale: user.locale,
  };
}
