import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { isLanguage, type Language, storeLanguage } from './language.ts';

/** Texts in `language`. English comes with the shell, since it is the fallback; Russian is loaded when used. */
export async function createI18n(language: Language, root: HTMLElement): Promise<i18n> {
  const instance = createInstance();
  instance.use(initReactI18next);
  instance.on('languageChanged', (next) => {
    root.lang = next;
  });
  await instance.init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
  await setLanguage(instance, language);
  return instance;
}

/** Shows `language` from now on; loads its dictionary first. */
export async function setLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    const { ru } = await import('./ru.ts');
    instance.addResourceBundle('ru', 'translation', ru);
  }
  await instance.changeLanguage(language);
}

/** Shows `language` and remembers it on this device. */
export async function chooseLanguage(instance: i18n, language: Language, storage: Storage): Promise<void> {
  await setLanguage(instance, language);
  storeLanguage(storage, language);
}

/** The language that the instance shows now. */
export function languageOf(instance: i18n): Language {
  return isLanguage(instance.language) ? instance.language : 'en';
}
