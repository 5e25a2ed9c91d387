import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../i18n/createI18n.ts';
import { createDateWords, type DateWords } from '../i18n/dates.ts';

/** Times and days in the shown language. */
export function useDateWords(): DateWords {
  const { i18n } = useTranslation();
  const language = languageOf(i18n);
  return useMemo(() => createDateWords(language, navigator.language), [language]);
}
