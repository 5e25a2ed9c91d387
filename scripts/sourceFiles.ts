import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths (relative to the repository, with slashes) and their text. */
export type SourceFiles = ReadonlyMap<string, string>;

const SOURCE_FOLDERS = ['shared', 'server', 'client', 'e2e', 'bench', 'scripts'];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.tsc', 'data']);
const SOURCE_NAME = /\.tsx?$/;
const TEST_NAME = /\.test\.tsx?$|\/test\/|^e2e\//;

/** Reads every TypeScript file of all workspaces; folders that are absent count as empty. */
export async function readSourceFiles(repository: string): Promise<SourceFiles> {
  const found = new Map<string, string>();
  await Promise.all(SOURCE_FOLDERS.map((folder) => readFolder(repository, folder, found)));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Tests and what only tests use: they may reach across layers and run longer. */
export function isTestFile(path: string): boolean {
  return TEST_NAME.test(path);
}

async function readFolder(repository: string, folder: string, found: Map<string, string>): Promise<void> {
  const entries = await readdir(join(repository, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await readFolder(repository, path, found);
      else if (entry.isFile() && SOURCE_NAME.test(entry.name)) {
        found.set(path, await readFile(join(repository, path), 'utf8'));
      }
    }),
  );
}
