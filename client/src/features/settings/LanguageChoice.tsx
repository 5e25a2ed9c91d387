import { useTranslation } from 'react-i18next';
import { Segments } from '../../components/Segments.tsx';
import { chooseLanguage, languageOf } from '../../i18n/createI18n.ts';
import type { Language } from '../../i18n/language.ts';
import { useUpdateMe } from './useUpdateMe.ts';

const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
];

/** Changes this device at once, and the language of letters when the server can be reached. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const update = useUpdateMe();
  return (
    <Segments
      label={t('settings.language')}
      options={LANGUAGES}
      value={languageOf(i18n)}
      onChange={(language) => {
        void chooseLanguage(i18n, language, localStorage);
        update.mutate({ locale: language });
      }}
    />
  );
}
