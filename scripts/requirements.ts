import { spawnSync } from 'node:child_process';
import { accessSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Requirement {
  /** What Debian and Ubuntu call the package. */
  readonly debianPackage: string;
  readonly isThere: () => boolean;
}

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** What the tests need beside npm packages. */
const requirements: readonly Requirement[] = [
  { debianPackage: 'chromium', isThere: () => existsSync('/usr/bin/chromium') },
  { debianPackage: 'firefox-esr', isThere: () => existsSync('/usr/bin/firefox-esr') },
  { debianPackage: 'postgresql', isThere: () => findPostgresBinaries() !== undefined },
  { debianPackage: 'redis-server', isThere: () => hasCommand('redis-server') },
  { debianPackage: 'coturn', isThere: () => hasCommand('turnserver') },
  { debianPackage: 'iproute2', isThere: () => hasCommand('ip') },
  { debianPackage: 'nftables', isThere: () => hasCommand('nft') },
  // Notifications are shown on a session bus of the test's own; Firefox finds it by this library.
  { debianPackage: 'dbus', isThere: () => hasCommand('dbus-daemon') },
  { debianPackage: 'libnotify4', isThere: () => hasLibrary('libnotify.so.4') },
  { debianPackage: 'procps', isThere: () => hasCommand('sysctl') },
  { debianPackage: 'caddy', isThere: () => hasCommand('caddy') },
  { debianPackage: 'docker-compose', isThere: () => hasCommand('docker-compose') },
  { debianPackage: 'openssl', isThere: () => hasCommand('openssl') },
];

/**
 * Makes sure that everything is there. As root on Debian it installs what is missing; elsewhere it
 * answers with the line to say, and nothing has changed.
 */
export function provideRequirements(): string | undefined {
  const missing = findMissing();
  if (missing.length === 0) return undefined;
  if (!isDebian() || process.getuid?.() !== 0) {
    return [
      `The tests need Debian packages that are not here: ${missing.join(' ')}`,
      `On Debian 12: sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
      'Elsewhere: put the browsers at /usr/bin/chromium and /usr/bin/firefox-esr, PostgreSQL below',
      '/usr/lib/postgresql, the others on the PATH.',
    ].join('\n');
  }
  console.log(`Installing ${missing.join(' ')}`);
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  const stillMissing = findMissing();
  return stillMissing.length ? `apt-get could not install: ${stillMissing.join(' ')}` : undefined;
}

/** The folder of the newest PostgreSQL server binaries that Debian's packages put here. */
export function findPostgresBinaries(): string | undefined {
  if (!existsSync(POSTGRES_VERSIONS)) return undefined;
  return readdirSync(POSTGRES_VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

function findMissing(): string[] {
  return requirements.filter((one) => !one.isThere()).map((one) => one.debianPackage);
}

function hasCommand(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** In `/usr/lib`, or in its folder of one architecture. */
function hasLibrary(name: string): boolean {
  const folders = readdirSync('/usr/lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ['', ...folders.map((folder) => folder.name)].some((folder) =>
    existsSync(join('/usr/lib', folder, name)),
  );
}

function isDebian(): boolean {
  try {
    accessSync('/etc/os-release');
  } catch {
    return false;
  }
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Failures show in apt-get's own words, and in what is still missing afterwards. */
function apt(args: readonly string[]): void {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
