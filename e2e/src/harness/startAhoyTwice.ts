import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type PrivateCluster, startPrivateCluster } from '../../../scripts/privateCluster.ts';
import { findPostgresBinaries } from '../../../scripts/requirements.ts';
import { startTestRedis, type TestRedis } from '../../../server/src/test/startTestRedis.ts';
import { type Letters, startLetters } from './letters.ts';
import { type ServerProcess, startServerProcess } from './serverProcess.ts';
import { environment } from './startAhoy.ts';
import { type Caddy, startCaddy } from './startCaddy.ts';

export interface AhoyTwice {
  /** One origin that Caddy shares out, or one for each server. */
  readonly urls: readonly string[];
  /** Of Caddy's authority, for browsers. */
  readonly keyHash: string;
  readonly letters: Letters;
  readonly servers: readonly ServerProcess[];
  readonly postgres: PrivateCluster;
  readonly redis: TestRedis;
  readonly stop: () => Promise<void>;
}

const SERVERS = 2;

/**
 * Two servers on one PostgreSQL and one Redis, behind Caddy over HTTPS: one Caddy for both, or, to know who is served
 * by which, one for each.
 */
export async function startAhoyTwice({ isCaddyShared }: { isCaddyShared: boolean }): Promise<AhoyTwice> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const letters = await startLetters();
    stops.push(letters.close);
    const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-twice-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    const binaries = findPostgresBinaries();
    if (!binaries) throw new Error("needs Debian's PostgreSQL: apt-get install postgresql");
    const postgres = await startPrivateCluster(binaries, true);
    stops.push(postgres.stop);
    const redis = await startTestRedis();
    stops.push(redis.stop);
    const databaseUrl = await postgres.createDatabase('ahoy');

    const ports = await Promise.all(Array.from({ length: SERVERS }, findFreePort));
    const publicPorts = await Promise.all(Array.from({ length: SERVERS }, findFreePort));
    const servers: ServerProcess[] = [];
    for (const [index, port] of ports.entries()) {
      const publicPort = publicPorts[isCaddyShared ? 0 : index];
      const server = await startServerProcess(
        {
          ...environment(dataDir, letters),
          ...{
            DATABASE_URL: databaseUrl,
            REDIS_URL: redis.url,
            PUBLIC_URL: `https://localhost:${publicPort}`,
          },
        },
        port,
      );
      stops.push(server.stop);
      servers.push(server);
    }

    const addresses = servers.map((server) => server.address);
    const fronts = isCaddyShared ? [addresses] : addresses.map((address) => [address]);
    const caddies: Caddy[] = [];
    for (const [index, behind] of fronts.entries()) {
      const caddy = await startCaddy(dataDir, behind, publicPorts[index] ?? 0);
      stops.push(caddy.stop);
      caddies.push(caddy);
    }
    const urls = caddies.map((caddy) => caddy.url);
    return { ...{ urls, letters, servers, postgres, redis, stop }, keyHash: caddies[0]?.keyHash ?? '' };
  } catch (error) {
    await stop();
    throw error;
  }
}
