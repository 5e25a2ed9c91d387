/** `npm run check [name]`: everything that is enforced rather than preached; one line each, details of what failed below. */
import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findLongFiles } from './fileLength.ts';
import { findImportProblems } from './importDirections.ts';
import { findLockfileProblems, type Lockfile } from './lockfile.ts';
import { readSourceFiles } from './sourceFiles.ts';
import { type Dictionary, findTranslationProblems } from './translationKeys.ts';

interface Check {
  readonly name: string;
  /** Resolves with what is wrong; empty means all is well. */
  readonly run: () => Promise<string>;
}

const repository = join(import.meta.dirname, '..');

const checks: readonly Check[] = [
  { name: 'types', run: () => runTool('tsc', ['-b']) },
  {
    name: 'biome',
    run: () => runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  },
  { name: 'dead code', run: () => runTool('knip', ['--no-progress']) },
  {
    name: 'import directions',
    run: async () => findImportProblems(await readSourceFiles(repository)).join('\n'),
  },
  { name: 'translation keys', run: checkTranslations },
  { name: 'file length', run: async () => findLongFiles(await readSourceFiles(repository)).join('\n') },
  { name: 'lockfile', run: checkLockfile },
];

const wanted = process.argv[2];
const chosen = checks.filter((check) => !wanted || check.name === wanted);
if (chosen.length === 0) {
  console.error(`There is no check "${wanted}". Checks: ${checks.map((check) => check.name).join(', ')}`);
  process.exitCode = 1;
}
const results = await Promise.all(chosen.map(report));
for (const { name, problems } of results) if (problems) console.log(`\n== ${name}\n${problems}`);
if (results.some(({ problems }) => problems)) process.exitCode = 1;

async function report(check: Check): Promise<{ name: string; problems: string }> {
  const start = performance.now();
  const problems = await check.run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${problems ? 'FAIL' : 'ok  '} ${check.name.padEnd(18)} ${seconds} s`);
  return { name: check.name, problems };
}

/** Runs a tool of node_modules; resolves with its output when it fails, with nothing when it succeeds. */
function runTool(tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(join(repository, 'node_modules', '.bin', tool), args, { cwd: repository });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.on('error', (error) => resolve(`${tool} did not start: ${error.message}`));
    child.on('close', (code) => resolve(code === 0 ? '' : output.trim() || `${tool} ended with ${code}`));
  });
}

async function checkLockfile(): Promise<string> {
  const lockfile: Lockfile = JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8'));
  return findLockfileProblems(lockfile).join('\n');
}

async function checkTranslations(): Promise<string> {
  const folder = join(repository, 'client/src/i18n');
  const hasDictionaries = await access(join(folder, 'en.ts')).then(
    () => true,
    () => false,
  );
  if (!hasDictionaries) return '';
  const [en, ru] = await Promise.all([loadDictionary(folder, 'en'), loadDictionary(folder, 'ru')]);
  return findTranslationProblems(en, ru, await readSourceFiles(repository)).join('\n');
}

async function loadDictionary(folder: string, language: 'en' | 'ru'): Promise<Dictionary> {
  const loaded: Record<string, Dictionary> = await import(pathToFileURL(join(folder, `${language}.ts`)).href);
  const dictionary = loaded[language];
  if (!dictionary) throw new Error(`client/src/i18n/${language}.ts does not export "${language}"`);
  return dictionary;
}
