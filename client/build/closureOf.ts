import type { Rollup } from 'vite';

/** The chunks that are asked for, and all that they import statically. */
export function closureOf(
  chunks: readonly Rollup.OutputChunk[],
  isRoot: (chunk: Rollup.OutputChunk) => boolean,
): Rollup.OutputChunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk): void => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported) visit(imported);
    }
  };
  for (const chunk of chunks) if (isRoot(chunk)) visit(chunk);
  return [...found];
}
