import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../../i18n/createI18n.ts';

/** Figures as the shown language writes them. */
export function useNumbers(): Intl.NumberFormat {
  const { i18n } = useTranslation();
  const language = languageOf(i18n);
  return useMemo(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }), [language]);
}
