import { posix } from 'node:path';
import { featureImports, type ImportRule, importRules } from './importRules.ts';
import { isTestFile, type SourceFiles } from './sourceFiles.ts';

interface Import {
  /** The file inside the repository, or the package's specifier. */
  readonly target: string;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

const NAMED_IMPORT = /^[ \t]*(?:import|export)\s+(type\s+)?[\w*{][^'"`;()=]*?\bfrom\s+['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /^[ \t]*import\s+['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const FEATURE = /^(server|client)\/src\/features\/(([^/]+)\/.*)$/;

/** Imports against the rule table, and cycles of runtime imports (types may refer to each other). */
export function findImportProblems(files: SourceFiles): string[] {
  const graph = new Map([...files].map(([path, text]) => [path, readImports(path, text)]));
  return [...findWrongDirections(graph), ...findCycles(graph)];
}

function findWrongDirections(graph: ReadonlyMap<string, readonly Import[]>): string[] {
  return [...graph].flatMap(([path, imports]) =>
    imports.flatMap((one) => {
      const place = `${path}:${one.line}`;
      const broken = importRules.filter((rule) => isBroken(rule, path, one.target));
      const reasons = broken.map((rule) => `${place} imports ${one.target}: ${rule.why}`);
      return isUnlistedFeature(path, one.target)
        ? [
            ...reasons,
            `${place} imports ${one.target}: this pair of features is not listed in importRules.ts`,
          ]
        : reasons;
    }),
  );
}

function isBroken(rule: ImportRule, path: string, target: string): boolean {
  if (!rule.from.test(path) || (isTestFile(path) && !rule.isForTestsToo)) return false;
  return rule.never.test(target) && !rule.except?.test(target);
}

function isUnlistedFeature(path: string, target: string): boolean {
  const [, side, , from] = FEATURE.exec(path) ?? [];
  const [, targetSide, file, to] = FEATURE.exec(target) ?? [];
  if (!from || !file || side !== targetSide || from === to || isTestFile(path)) return false;
  const listed = side === 'server' ? featureImports.server : featureImports.client;
  return !listed[from]?.some((beginning) => file.startsWith(beginning));
}

function findCycles(graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const finished = new Set<string>();
  const trail: string[] = [];
  const cycles: string[] = [];
  const visit = (path: string): void => {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`cycle: ${[...trail.slice(start), path].join(' -> ')}`);
      return;
    }
    trail.push(path);
    for (const one of graph.get(path) ?? []) if (!one.isTypeOnly && graph.has(one.target)) visit(one.target);
    trail.pop();
    finished.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return cycles;
}

function readImports(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const named = [...code.matchAll(NAMED_IMPORT)].map((match) => ({
    match,
    isTypeOnly: Boolean(match[1]),
    specifier: match[2],
  }));
  const others = [...code.matchAll(BARE_IMPORT), ...code.matchAll(DYNAMIC_IMPORT)].map((match) => ({
    match,
    isTypeOnly: false,
    specifier: match[1],
  }));
  return [...named, ...others].map(({ match, isTypeOnly, specifier }) => ({
    target: resolveSpecifier(path, specifier ?? ''),
    isTypeOnly,
    line: code.slice(0, match.index).split('\n').length,
  }));
}

function resolveSpecifier(path: string, specifier: string): string {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), bare));
  return bare.replace(/^@ahoy\/(shared|server|client)\//, '$1/src/');
}

/** Comments become spaces, so that lines keep their numbers. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}
