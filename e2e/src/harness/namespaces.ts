import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Network namespaces of one test, gone with `drop`, and at the latest with the process. */
export interface Namespaces {
  /** The full name of one, which is made when it is new. */
  readonly name: (short: string) => Promise<string>;
  /** `ip` with these words, in the namespace or, with null, in the machine's own network. */
  readonly ip: (short: string | null, words: string) => Promise<void>;
  /** Loads rules of nftables into the namespace. */
  readonly filter: (short: string, rules: string) => Promise<void>;
  /** Makes the namespace pass packets on. */
  readonly forward: (short: string) => Promise<void>;
  readonly drop: () => Promise<void>;
}

const PREFIX = 'ahoy-test-';
const FORWARD = ['sysctl', '-qw', 'net.ipv4.ip_forward=1'];
const PROBE_RULES = `table ip probe {
  chain out { type nat hook postrouting priority srcnat; masquerade fully-random; }
}`;

/** Why there can be no namespaces here; null when there can. */
export function missingForNamespaces(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const probe = `${PREFIX}${process.pid}-probe`;
  const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'pipe' });
  try {
    ip('netns', 'add', probe);
    try {
      ip('netns', 'exec', probe, 'nft', PROBE_RULES);
      ip('netns', 'exec', probe, ...FORWARD);
      ip('-n', probe, 'link', 'add', 'one', 'type', 'veth', 'peer', 'name', 'two');
    } finally {
      ip('netns', 'delete', probe);
    }
    return null;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return `network namespaces are not allowed here: ${said || error}`;
  }
}

/** Needs `missingForNamespaces` to be null. */
export async function createNamespaces(): Promise<Namespaces> {
  await dropForgotten();
  const names = new Set<string>();
  const dropNow = () => {
    for (const name of names) execFileSync('ip', ['netns', 'delete', name]);
    names.clear();
  };
  process.once('exit', dropNow);

  const fullName = (short: string) => `${PREFIX}${process.pid}-${short}`;
  async function name(short: string): Promise<string> {
    const full = fullName(short);
    if (names.has(full)) return full;
    await execute('ip', ['netns', 'add', full]);
    names.add(full);
    await execute('ip', ['-n', full, 'link', 'set', 'lo', 'up']);
    return full;
  }
  const within = async (short: string, ...command: string[]) => {
    await execute('ip', ['netns', 'exec', fullName(short), ...command]);
  };

  return {
    name,
    async ip(short, words) {
      await execute('ip', [...(short === null ? [] : ['-n', fullName(short)]), ...words.split(' ')]);
    },
    filter: (short, rules) => within(short, 'nft', rules),
    forward: (short) => within(short, ...FORWARD),
    async drop() {
      process.off('exit', dropNow);
      dropNow();
    },
  };
}

/** Those of a process that was killed before it could drop them. */
async function dropForgotten(): Promise<void> {
  const { stdout } = await execute('ip', ['netns', 'list']);
  for (const line of stdout.split('\n')) {
    const [full = ''] = line.split(' ');
    const pid = full.startsWith(PREFIX) ? Number.parseInt(full.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !isRunning(pid)) await execute('ip', ['netns', 'delete', full]);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
