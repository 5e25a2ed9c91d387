import { en } from '../../../client/src/i18n/en.ts';
import { ru } from '../../../client/src/i18n/ru.ts';

/** The texts of the app, so that the stories look for what people read. */
export const WORDS = { en, ru };
export type Language = keyof typeof WORDS;
export type Words = (typeof WORDS)[Language];

/** The text with its `{{values}}` put in. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
