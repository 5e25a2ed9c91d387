import type { Rollup } from 'vite';
import { expect, it } from 'vitest';
import { closureOf } from './closureOf.ts';

const chunk = (fileName: string, ...imports: string[]) => ({ fileName, imports }) as Rollup.OutputChunk;

it('takes what is imported by what is imported, each once, and what imports each other', () => {
  const chunks = [chunk('a', 'b', 'c'), chunk('b', 'c'), chunk('c', 'a', 'outside'), chunk('d', 'a')];
  const found = closureOf(chunks, ({ fileName }) => fileName === 'a');
  expect(found.map(({ fileName }) => fileName)).toEqual(['a', 'b', 'c']);
});
