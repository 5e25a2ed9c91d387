import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { closureOf } from './closureOf.ts';

const BUDGET_KB = 250;

/** The list of chats, which the entry asks for at once where somebody is signed in, and the words: of two languages the longer. */
const FIRST = ['/app/SignedInShell.tsx', '/i18n/ru.ts'];

/** Prints the gzipped size of the JavaScript that is loaded before the chat list is drawn. */
export function firstLoadReport(): Plugin {
  return {
    name: 'ahoy-first-load-report',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const files = closureOf(
        chunks,
        (chunk) => chunk.isEntry || chunk.moduleIds.some((id) => FIRST.some((file) => id.endsWith(file))),
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
