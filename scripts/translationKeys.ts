import type { SourceFiles } from './sourceFiles.ts';

/** Texts by area and key, as `client/src/i18n/en.ts` and `ru.ts` hold them. */
export type Dictionary = Readonly<Record<string, Readonly<Record<string, string>>>>;

const PLURAL_FORMS = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;
const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*(\w+)[^}]*\}\}/g;
const CALL_OF_T = /\bt\(\s*(['"`])([^'"`$]+)\1/g;
const TRANS_KEY = /\bi18nKey=(?:\{\s*)?(['"`])([^'"`$]+)\1/g;
const KEY_LITERAL = /(['"`])([a-zA-Z][\w-]*\.[\w-]+)\1/g;
const KEY_TEMPLATE = /`([a-zA-Z][\w-]*\.[\w-]*)\$\{/g;
const DICTIONARY_FILE = /^client\/src\/i18n\/(en|ru)(\.ts|\/.*)$/;

type Language = keyof typeof PLURAL_FORMS;

/** Both languages say the same things, completely, and the client uses exactly what they hold. */
export function findTranslationProblems(en: Dictionary, ru: Dictionary, files: SourceFiles): string[] {
  const english = flatten(en);
  const russian = flatten(ru);
  return [
    ...compareLanguages(english, russian),
    ...findIncompletePlurals('en', english),
    ...findIncompletePlurals('ru', russian),
    ...compareWithUse(new Set([...english.keys()].map(baseOf)), files),
  ];
}

function compareLanguages(
  english: ReadonlyMap<string, string>,
  russian: ReadonlyMap<string, string>,
): string[] {
  const inEnglish = placeholdersByKey(english);
  const inRussian = placeholdersByKey(russian);
  const keys = new Set([...inEnglish.keys(), ...inRussian.keys()]);
  return [...keys].flatMap((key) => {
    const one = inEnglish.get(key);
    const other = inRussian.get(key);
    if (one === undefined) return [`${key} is missing in en`];
    if (other === undefined) return [`${key} is missing in ru`];
    return one === other ? [] : [`${key}: placeholders differ: en ${one || 'none'}, ru ${other || 'none'}`];
  });
}

/** Per base key, the sorted placeholders of all its forms: one plural form may leave the number out. */
function placeholdersByKey(texts: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of texts) {
    const names = found.get(baseOf(key)) ?? new Set();
    for (const [, name] of text.matchAll(PLACEHOLDER)) if (name) names.add(name);
    found.set(baseOf(key), names);
  }
  return new Map([...found].map(([key, names]) => [key, [...names].sort().join(', ')]));
}

function findIncompletePlurals(language: Language, texts: ReadonlyMap<string, string>): string[] {
  const plurals = new Set([...texts.keys()].filter((key) => PLURAL_SUFFIX.test(key)).map(baseOf));
  return [...plurals].flatMap((key) => {
    const missing = PLURAL_FORMS[language].filter((form) => !texts.has(`${key}_${form}`));
    return missing.length ? [`${key} lacks in ${language} the plural forms ${missing.join(', ')}`] : [];
  });
}

function compareWithUse(keys: ReadonlySet<string>, files: SourceFiles): string[] {
  const used = new Set<string>();
  const prefixes = new Set<string>();
  const problems: string[] = [];
  for (const [path, text] of files) {
    if (!path.startsWith('client/src/') || DICTIONARY_FILE.test(path)) continue;
    for (const match of text.matchAll(KEY_LITERAL)) used.add(match[2] ?? '');
    for (const match of text.matchAll(KEY_TEMPLATE)) prefixes.add(match[1] ?? '');
    for (const match of [...text.matchAll(CALL_OF_T), ...text.matchAll(TRANS_KEY)]) {
      const key = match[2] ?? '';
      if (!keys.has(key)) problems.push(`${path} uses ${key}, which no dictionary has`);
    }
  }
  const isUsed = (key: string): boolean =>
    used.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix));
  return [...problems, ...[...keys].filter((key) => !isUsed(key)).map((key) => `${key} is used nowhere`)];
}

function flatten(dictionary: Dictionary): Map<string, string> {
  return new Map(
    Object.entries(dictionary).flatMap(([area, texts]) =>
      Object.entries(texts).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
    ),
  );
}

function baseOf(key: string): string {
  return key.replace(PLURAL_SUFFIX, '');
}
