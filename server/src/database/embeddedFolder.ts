import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './embeddedBinaries.ts';
import { asOrdinaryUser, isRunning, postgresEnvironment } from './embeddedProcess.ts';

const run = promisify(execFile);
const MAJOR_VERSION = '18';
/** sun_path holds 108 bytes on Linux and 104 on macOS, with a zero at the end. */
const SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = '.s.PGSQL.5432.lock';
const INITDB_TIMEOUT_MS = 120_000;
const DRAFT = 'cluster.new-';
const DRAFT_ABANDONED_MS = 5 * INITDB_TIMEOUT_MS;

export interface EmbeddedFolder {
  /** The real path of PostgreSQL's own data folder. */
  cluster: string;
  socketFolder: string;
  logFile: string;
}

/** Makes the folders and, once, the cluster. A start that is killed at any point leaves nothing half-made in use. */
export async function prepareFolder(
  folder: string,
  binaries: PostgresBinaries,
  user: string,
): Promise<EmbeddedFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = await realpath(folder);
  await chmod(root, 0o700);
  const cluster = join(root, 'cluster');
  if (!(await hasCluster(cluster))) await createCluster(root, cluster, binaries, user);
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(`${cluster} is of PostgreSQL ${version}, this Ahoy carries ${MAJOR_VERSION}`);
  }
  return { cluster, socketFolder: await makeSocketFolder(root), logFile: join(root, 'postgres.log') };
}

async function createCluster(
  root: string,
  cluster: string,
  binaries: PostgresBinaries,
  user: string,
): Promise<void> {
  await removeAbandonedDrafts(root);
  const draft = await mkdtemp(join(root, `${DRAFT}${process.pid}-`));
  const { command, args } = asOrdinaryUser(binaries.initdb, [
    '--pgdata',
    draft,
    '--username',
    user,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  try {
    await run(command, args, { env: postgresEnvironment(), timeout: INITDB_TIMEOUT_MS });
    await rename(draft, cluster);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start may have been first; the launcher then finds that it is in use.
    if (await hasCluster(cluster)) return;
    throw new Error(`The embedded PostgreSQL could not be set up: ${explain(error)}`, { cause: error });
  }
  const handle = await open(root);
  await handle.sync().finally(() => handle.close());
}

function explain(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  if (process.getuid?.() === 0 && /unshare|ENOENT/.test(`${text}${String(error)}`)) {
    return 'as root it needs "unshare --user", which this system does not allow; start as another user or set DATABASE_URL';
  }
  return (text || String(error)).trim().split('\n').slice(-3).join(' ');
}

/** A draft is named after its maker's process; in a container the same number may be ours again, hence the age. */
async function removeAbandonedDrafts(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(DRAFT)) continue;
    const isInWork = isRunning(Number(name.slice(DRAFT.length).split('-')[0]));
    const ageMs = Date.now() - (await stat(join(root, name))).mtimeMs;
    if (isInWork && ageMs < DRAFT_ABANDONED_MS) continue;
    await rm(join(root, name), { recursive: true, force: true });
  }
}

/** Only its owner may enter the folder, which is the whole access control of the embedded database. */
async function makeSocketFolder(root: string): Promise<string> {
  const near = join(root, 'socket');
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const isShortEnough = Buffer.byteLength(join(near, SOCKET_NAME)) <= SOCKET_PATH_BYTES;
  const folder = isShortEnough ? near : join(tmpdir(), `ahoy-${process.getuid?.() ?? 0}-${digest}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  // In the shared temporary folder someone else could have been first.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to someone else: remove it or choose a shorter DATA_DIR`);
  }
  await chmod(folder, 0o700);
  return folder;
}

function hasCluster(cluster: string): Promise<boolean> {
  return access(join(cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}
