import { createHash } from 'node:crypto';
import type { Seal } from './format.ts';

const NEWLINE = 10;

/** Counts and hashes a content while it passes. */
export function createSeal(): { add(content: Buffer): void; close(): Seal } {
  const hash = createHash('sha256');
  let lines = 0;
  return {
    add(content) {
      hash.update(content);
      for (let at = content.indexOf(NEWLINE); at >= 0; at = content.indexOf(NEWLINE, at + 1)) lines += 1;
    },
    close: () => ({ lines, sha256: hash.digest('hex') }),
  };
}
