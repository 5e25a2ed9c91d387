import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { closureOf } from './closureOf.ts';

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
        chunks,
        (chunk) => chunk.isEntry || chunk.moduleIds.some((id) => id.endsWith(SHELL)),
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
