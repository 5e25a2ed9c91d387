import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language, storeLanguage } from './language.ts';

/** Each whole, so that none falls back to another. */
const DICTIONARIES = {
  en: async () => (await import('./en.ts')).en,
  ru: async () => (await import('./ru.ts')).ru,
};

/** Texts in `language`; others are loaded when chosen. */
export async function createI18n(language: Language, root: HTMLElement): Promise<i18n> {
  const instance = createInstance();
  instance.use(initReactI18next);
  instance.on('languageChanged', (next) => {
    root.lang = next;
  });
  await instance.init({
    resources: { [language]: { translation: await DICTIONARIES[language]() } },
    lng: language,
    fallbackLng: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
  return instance;
}

/** Shows `language` and remembers it on this device. */
export async function chooseLanguage(instance: i18n, language: Language, storage: Storage): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation'))
    instance.addResourceBundle(language, 'translation', await DICTIONARIES[language]());
  await instance.changeLanguage(language);
  storeLanguage(storage, language);
}

/** The language that the instance shows now. */
export function languageOf(instance: i18n): Language {
  return isLanguage(instance.language) ? instance.language : 'en';
}
