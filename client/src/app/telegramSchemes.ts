import type { MantineColorSchemeManager } from '@mantine/core';
import type { TelegramPart } from '../net/sessionDoor.ts';

/** Light or dark as Telegram is; nothing is chosen here. */
export function telegramSchemes({ scheme }: Pick<TelegramPart, 'scheme'>): MantineColorSchemeManager {
  let unsubscribe: () => void = () => undefined;
  return {
    get: () => scheme.getState().scheme,
    set: () => undefined,
    subscribe(onUpdate) {
      unsubscribe = scheme.subscribe((state) => onUpdate(state.scheme));
    },
    unsubscribe: () => unsubscribe(),
    clear: () => undefined,
  };
}
