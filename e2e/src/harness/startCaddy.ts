import { spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { findFreePort } from '../../../scripts/privateCluster.ts';
import { waitFor } from './waitFor.ts';

export interface Caddy {
  /** https://localhost:port */
  readonly url: string;
  /** What a browser needs to believe its certificates: the hash of the key of its authority. */
  readonly keyHash: string;
  readonly stop: () => Promise<void>;
}

const caddyfile = join(import.meta.dirname, '../../../caddy/Caddyfile');

/**
 * Our Caddyfile with an authority of its own, kept in the folder, in front of these addresses. From now on this
 * process trusts that authority.
 */
export async function startCaddy(folder: string, addresses: readonly string[], port: number): Promise<Caddy> {
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const caddy = spawn('caddy', ['run', '--config', caddyfile, '--adapter', 'caddyfile'], {
    env: {
      ...{ PATH: process.env.PATH, ...home, DOMAIN: 'localhost', CADDY_TLS: 'tls internal' },
      ...{ HTTP_PORT: String(await findFreePort()), HTTPS_PORT: String(port) },
      AHOY: addresses.map((address) => new URL(address).host).join(' '),
    },
    stdio: 'ignore',
  });
  const endWithUs = () => caddy.kill('SIGKILL');
  process.once('exit', endWithUs);
  const authority = join(folder, 'caddy/pki/authorities/local');
  const read = (name: string) =>
    waitFor(`Caddy's ${name}`, () => readFile(join(authority, name), 'utf8').catch(() => undefined));
  setDefaultCACertificates([...getCACertificates('default'), await read('root.crt')]);
  const signer = new X509Certificate(await read('intermediate.crt'));
  const key = signer.publicKey.export({ type: 'spki', format: 'der' });
  const url = `https://localhost:${port}`;
  await waitFor('Caddy', () =>
    fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => undefined,
    ),
  );
  return {
    url,
    keyHash: createHash('sha256').update(key).digest('base64'),
    async stop() {
      process.off('exit', endWithUs);
      const ended = once(caddy, 'exit');
      caddy.kill('SIGTERM');
      await ended;
    },
  };
}
