export type Language = 'en' | 'ru';

const KEY = 'ahoy-language';

/** The chosen language, or the first of the browser's that we have, or English. */
export function detectLanguage(storage: Storage, preferred: readonly string[]): Language {
  const stored = storage.getItem(KEY);
  return isLanguage(stored) ? stored : preferredLanguage(preferred);
}

/** The first of the browser's languages that we have, or English. */
export function preferredLanguage(preferred: readonly string[]): Language {
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function storeLanguage(storage: Storage, language: Language): void {
  storage.setItem(KEY, language);
}

export function isLanguage(value: unknown): value is Language {
  return value === 'en' || value === 'ru';
}
