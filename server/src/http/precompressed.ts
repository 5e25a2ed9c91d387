import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';

/** Hashed files have plain names in one folder: anything else is none of ours. */
const NAME = /^\/[\w~][\w.~-]*\.(?:css|js|svg)$/;

/** Answers with `<file>.br`, which the build has written, where the browser takes it: by asking for that instead. */
export function precompressed(folder: string): RequestHandler {
  return async (request, response, next) => {
    const { path } = request;
    if (!NAME.test(path) || !(await isFile(join(folder, path)))) return next();
    response.vary('Accept-Encoding');
    const isTaken = request.acceptsEncodings(['br']) === 'br' && (await isFile(join(folder, `${path}.br`)));
    if (isTaken) {
      response.type(extname(path));
      response.setHeader('Content-Encoding', 'br');
      request.url = `${path}.br`;
    }
    next();
  };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
