import { isTestFile, type SourceFiles } from './sourceFiles.ts';

const MAX_CODE_LINES = 300;
const MAX_TEST_LINES = 500;
/** Dictionaries are data: one line per text, as long as the app has texts. */
const DICTIONARY = /^client\/src\/i18n\/(en|ru)(\.ts|\/.*)$/;

/** Files that are too long to do one thing. */
export function findLongFiles(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    if (DICTIONARY.test(path)) return [];
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    const limit = isTestFile(path) ? MAX_TEST_LINES : MAX_CODE_LINES;
    return lines > limit ? [`${path}: ${lines} lines, at most ${limit}`] : [];
  });
}
