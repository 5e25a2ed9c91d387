import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An authority (`ca.pem` in the folder), and a certificate of it for localhost. */
export async function makeCertificates(folder: string): Promise<{ key: string; cert: string }> {
  const at = (name: string) => join(folder, name);
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const days = ['-days', '2'];
  await run('openssl', [
    ...[
      'req',
      '-x509',
      ...fresh,
      ...days,
      '-subj',
      '/CN=Ahoy tests',
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
    ],
  ]);
  await run('openssl', [
    ...['req', ...fresh, '-subj', '/CN=localhost', '-keyout', at('key.pem'), '-out', at('request.pem')],
  ]);
  await writeFile(at('names'), 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1');
  await run('openssl', [
    ...[
      'x509',
      '-req',
      '-in',
      at('request.pem'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
    ],
    ...['-extfile', at('names'), ...days, '-out', at('cert.pem')],
  ]);
  return { key: await readFile(at('key.pem'), 'utf8'), cert: await readFile(at('cert.pem'), 'utf8') };
}
