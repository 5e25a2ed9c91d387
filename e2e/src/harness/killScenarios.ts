import { startPrivateCluster } from '../../../scripts/privateCluster.ts';
import { findPostgresBinaries } from '../../../scripts/requirements.ts';
import { killWithDatabase } from './killEmbedded.ts';
import { type KillRun, streamThroughKills } from './killRun.ts';
import type { ServerProcess } from './serverProcess.ts';
import { startAhoy } from './startAhoy.ts';
import { startAhoyTwice } from './startAhoyTwice.ts';

/** Kills this often, each of several victims. */
type Scenario = (kills: number) => Promise<KillRun>;

/** The server alone and the server together with its database, in turn. */
async function onEmbedded(kills: number): Promise<KillRun> {
  const ahoy = await startAhoy({ databaseUrl: null });
  try {
    return await streamThroughKills(ahoy, kills, async (round) => {
      await (round % 2 ? killWithDatabase(ahoy) : ahoy.kill());
      await ahoy.start();
    });
  } finally {
    await ahoy.stop();
  }
}

async function onPostgres(kills: number): Promise<KillRun> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("needs Debian's PostgreSQL: apt-get install postgresql");
  const cluster = await startPrivateCluster(binaries, true);
  try {
    const ahoy = await startAhoy({ databaseUrl: await cluster.createDatabase('ahoy') });
    try {
      return await streamThroughKills(ahoy, kills, async () => {
        await ahoy.kill();
        await ahoy.start();
      });
    } finally {
      await ahoy.stop();
    }
  } finally {
    await cluster.stop();
  }
}

/** Two servers behind one Caddy, over HTTPS: one of the servers, Redis, PostgreSQL; now and then a server is replaced cleanly. */
async function onTwo(kills: number): Promise<KillRun> {
  const ahoy = await startAhoyTwice({ isCaddyShared: true });
  const { servers, redis, postgres } = ahoy;
  const victims = [servers[0], redis, postgres, servers[1], redis, postgres];
  /** As in a rolling restart, between two rounds of kills. */
  const replace = async (server: ServerProcess | undefined) => {
    await server?.stop();
    await server?.start();
  };
  try {
    const [url = ''] = ahoy.urls;
    const place = { url, seedUrl: servers[0]?.address, letters: ahoy.letters };
    return await streamThroughKills(place, kills * 3, async (round) => {
      const victim = victims[round % victims.length];
      await victim?.kill();
      await victim?.start();
      if (round % victims.length === 0) await replace(servers[(round / victims.length) % servers.length]);
    });
  } finally {
    await ahoy.stop();
  }
}

/** What is killed under a stream of messages. */
export const KILL_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'the server, alone and with its embedded database': onEmbedded,
  'the server on PostgreSQL': onPostgres,
  'one of two servers, Redis, PostgreSQL': onTwo,
};
