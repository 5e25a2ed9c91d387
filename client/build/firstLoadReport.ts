import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

const BUDGET_KB = 250;

/** Has the list of chats; the entry asks for it at once where somebody is signed in. */
const SHELL = '/app/SignedInShell.tsx';

/** Prints the gzipped size of the JavaScript that is loaded before the chat list is drawn. */
export function firstLoadReport(): Plugin {
  return {
    name: 'ahoy-first-load-report',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const files = closureOf(
        chunks.filter((chunk) => chunk.isEntry || chunk.facadeModuleId?.endsWith(SHELL)),
        new Map(chunks.map((chunk) => [chunk.fileName, chunk])),
      );
      const sizes = files.map((chunk) => gzipSync(chunk.code).length / 1024);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      for (const [index, chunk] of files.entries()) {
        console.log(`  ${(sizes[index] ?? 0).toFixed(1).padStart(7)} KB  ${chunk.fileName}`);
      }
      console.log(`First-load JavaScript: ${total.toFixed(1)} KB gzip, budget ${BUDGET_KB} KB`);
    },
  };
}

/** The chunks and all that they import statically. */
function closureOf(
  roots: Rollup.OutputChunk[],
  byName: ReadonlyMap<string, Rollup.OutputChunk>,
): Rollup.OutputChunk[] {
  const found = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk): void => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported) visit(imported);
    }
  };
  for (const root of roots) visit(root);
  return [...found];
}
