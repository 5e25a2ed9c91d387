import { push as en } from '../../i18n/en/push.ts';
import type { Language } from '../../i18n/language.ts';
import { push as ru } from '../../i18n/ru/push.ts';

type PluralForm = 'one' | 'few' | 'many' | 'other';
type Base<Key> = Key extends `${infer Start}_${PluralForm}` ? Start : Key;
type PushKey = `push.${Base<keyof typeof en>}`;

export type PushWords = (key: PushKey, values?: { count: number }) => string;

/** The few texts of notifications, without the library that the pages use: a worker is to start fast. */
export function pushWords(language: Language): PushWords {
  const texts: Readonly<Record<string, string>> = language === 'ru' ? ru : en;
  const plurals = new Intl.PluralRules(language);
  return (key, values) => {
    const name = key.slice('push.'.length);
    const text = texts[values ? `${name}_${plurals.select(values.count)}` : name] ?? '';
    return values ? text.replace('{{count}}', String(values.count)) : text;
  };
}
