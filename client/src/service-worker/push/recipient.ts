import { isLanguage, type Language, preferredLanguage } from '../../i18n/language.ts';
import type { Copy } from '../../offline/copy.ts';
import { openWorkerCopy } from '../openWorkerCopy.ts';
import { createWorkerApi, type WorkerApiOptions } from '../workerApi.ts';

/** Who is signed in at this device, and so may see what was pushed for them. */
export type Recipient = {
  language: Language;
  /** null: this browser keeps none. */
  copy: Copy | null;
};

/**
 * The one for whom it was pushed, where it is the one who is signed in: as the copy says, which is emptied when a session
 * ends, or without one as the server says. null: somebody else is, or nobody.
 */
export async function recognise(
  options: Omit<WorkerApiOptions, 'userId'>,
  userId: string,
  languages: readonly string[],
): Promise<Recipient | null> {
  const held = await readCopy(userId, languages).catch((error: unknown) => {
    // Of a newer version, or the browser takes storage away.
    console.debug('The copy cannot be read:', error);
    return null;
  });
  if (held) return held;
  const me = await createWorkerApi({ ...options, userId: null }, () => undefined).identify();
  return me.person.id === userId ? { copy: null, language: languageOf(me.settings.locale, languages) } : null;
}

async function readCopy(userId: string, languages: readonly string[]): Promise<Recipient | null> {
  const copy = await openWorkerCopy(userId, () => undefined);
  if (!copy) return null;
  const meta = await copy.read((tx) => tx.meta());
  if (meta.userId === userId) return { copy, language: languageOf(meta.settings?.locale, languages) };
  copy.close();
  return null;
}

function languageOf(locale: string | undefined, languages: readonly string[]): Language {
  return isLanguage(locale) ? locale : preferredLanguage(languages);
}
