import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { keepAssets } from './keptAssets.ts';
import type { ClientParts } from './staticClient.ts';

const BUILT = join(import.meta.dirname, '../../../client/dist');

/** What is served of the client: this build, files of earlier ones, and no worker where the operator wants none. */
export async function prepareClient(config: Config, log: Log, now: Date): Promise<ClientParts> {
  const folder = config.clientDir ?? BUILT;
  const keptAssets = join(config.dataDir, 'assets');
  await keepAssets(join(folder, 'assets'), keptAssets, now).catch((error) =>
    log.warn({ err: error }, 'assets are not kept: pages that are open may miss some after the next update'),
  );
  return {
    folder,
    keptAssets,
    isWorkerOff: () => !config.hasServiceWorker || existsSync(join(config.dataDir, 'no-worker')),
  };
}
