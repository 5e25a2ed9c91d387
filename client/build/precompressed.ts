import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXTS = new Set(['.css', '.js', '.svg']);
/** Below that nothing is gained: it is one packet anyway. */
const LEAST_BYTES = 1_200;
const compress = promisify(brotliCompress);

/** Writes `<file>.br` beside the hashed texts: as small as can be, which takes too long to do it at every request. */
export function precompressed(): Plugin {
  return {
    name: 'ahoy-precompressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const folder = join(dir, 'assets');
      for (const name of await readdir(folder)) {
        if (!TEXTS.has(extname(name))) continue;
        const text = await readFile(join(folder, name));
        if (text.length < LEAST_BYTES) continue;
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        };
        await writeFile(join(folder, `${name}.br`), await compress(text, { params }));
      }
    },
  };
}
