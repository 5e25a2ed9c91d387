import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import { describe, expect, it } from 'vitest';
import { forgetPush } from '../../net/pushMemory.ts';
import { keepSettings, recallSettings } from './lastSettings.ts';

const SETTINGS: NotificationSettings = {
  ...{ messages: true, calls: false, missedCalls: true, hasPreview: false },
  quiet: { from: '22:00', to: '08:00', timeZone: 'Europe/Berlin' },
  telegram: 'auto',
};

describe('what was known last of the settings', () => {
  it('is there until the person signs out, and nobody else sees it', () => {
    const storage = fakeStorage();
    keepSettings(storage, 'ada', SETTINGS);
    expect(recallSettings(storage, 'ada')).toEqual(SETTINGS);
    expect(recallSettings(storage, 'bob')).toBeUndefined();
    forgetPush(storage, 'ada');
    expect(recallSettings(storage, 'ada')).toBeUndefined();
  });

  it.each(['', '{', '[]', '{"messages":true}', JSON.stringify({ ...SETTINGS, quiet: {} })])(
    'is not known from %j',
    (stored) => {
      const storage = fakeStorage();
      keepSettings({ setItem: (key) => storage.setItem(key, stored) }, 'ada', SETTINGS);
      expect(recallSettings(storage, 'ada')).toBeUndefined();
    },
  );
});

function fakeStorage() {
  const rows = new Map<string, string>();
  return {
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => void rows.set(key, value),
    removeItem: (key: string) => void rows.delete(key),
  };
}
