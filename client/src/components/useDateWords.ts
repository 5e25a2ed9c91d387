import { useTranslation } from 'react-i18next';
import { languageOf } from '../i18n/createI18n.ts';
import { createDateWords, type DateWords } from '../i18n/dates.ts';
import type { Language } from '../i18n/language.ts';

/** One for all who ask: what they are made of is dear. */
const known = new Map<Language, DateWords>();

/** Times and days in the shown language. */
export function useDateWords(): DateWords {
  const { i18n } = useTranslation();
  const language = languageOf(i18n);
  const words = known.get(language) ?? createDateWords(language, navigator.language);
  known.set(language, words);
  return words;
}
