import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import { lastSettingsKey } from '../../net/pushMemory.ts';

/** What this person was told about when the server was reached last; undefined: not known. */
export function recallSettings(
  storage: Pick<Storage, 'getItem'>,
  userId: string,
): NotificationSettings | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(lastSettingsKey(userId)) ?? 'null');
    return isSettings(stored) ? stored : undefined;
  } catch {
    // Not written by this version: worth nothing.
    return undefined;
  }
}

export function keepSettings(
  storage: Pick<Storage, 'setItem'>,
  userId: string,
  settings: NotificationSettings,
): void {
  try {
    storage.setItem(lastSettingsKey(userId), JSON.stringify(settings));
  } catch (error) {
    console.debug('Without room on the device these settings are known online only.', error);
  }
}

function isSettings(stored: unknown): stored is NotificationSettings {
  if (typeof stored !== 'object' || stored === null) return false;
  const { quiet, ...switches } = stored as Record<string, unknown>;
  const names = ['messages', 'calls', 'missedCalls', 'hasPreview'];
  return (
    names.every((name) => typeof switches[name] === 'boolean') &&
    isWay(switches.telegram) &&
    (quiet === null || isQuiet(quiet))
  );
}

function isWay(way: unknown): boolean {
  return way === 'auto' || way === 'always' || way === 'off';
}

function isQuiet(quiet: unknown): boolean {
  if (typeof quiet !== 'object' || quiet === null) return false;
  const { from, to, timeZone } = quiet as Record<string, unknown>;
  return [from, to, timeZone].every((text) => typeof text === 'string');
}
