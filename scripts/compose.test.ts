import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Service {
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly healthcheck?: object;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly unknown[];
  readonly restart?: string;
  readonly volumes?: readonly string[];
}

const repository = join(import.meta.dirname, '..');
const run = promisify(execFile);
const read = (path: string) => readFile(join(repository, path), 'utf8');

describe('docker-compose.yml', () => {
  let folder: string;
  let services: Readonly<Record<string, Service>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ahoy-compose-'));
    await copyFile(join(repository, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
    await writeFile(join(folder, '.env'), await filledEnvironment());
    services = await resolveServices(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is accepted with compose.env.example filled in', () => {
    expect(Object.keys(services).sort()).toEqual(['caddy', 'coturn', 'postgres', 'redis', 'server']);
  });

  it('is refused without its secrets, by their names', async () => {
    await writeFile(join(folder, 'empty.env'), 'DOMAIN=chat.example.org\n');
    const start = run('docker-compose', ['--env-file', 'empty.env', 'config'], { cwd: folder });
    await expect(start).rejects.toThrow(/POSTGRES_PASSWORD|TURN_SECRET/);
  });

  it('starts every service again after a crash', () => {
    for (const service of Object.values(services)) expect(service.restart).toBe('unless-stopped');
  });

  it('watches the health of every service', async () => {
    const dockerfile = await read('Dockerfile');
    for (const [name, service] of Object.entries(services)) {
      const isWatched =
        service.healthcheck !== undefined || (name === 'server' && /^HEALTHCHECK /m.test(dockerfile));
      expect(isWatched, name).toBe(true);
    }
  });

  it('shows only Caddy to the world, and keeps the stores on a network of their own', () => {
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(['caddy']);
    expect(Object.keys(services.postgres?.networks ?? {})).toEqual(['back']);
    expect(Object.keys(services.redis?.networks ?? {})).toEqual(['back']);
  });

  it('gives the server where it stands and what it uses', () => {
    expect(services.server?.environment).toMatchObject({
      PUBLIC_URL: 'https://chat.example.org',
      DATABASE_URL: 'postgres://ahoy:a1b2c3@postgres:5432/ahoy',
      DATA_DIR: '/data',
      TRUSTED_PROXIES: '172.30.77.0/24',
    });
  });

  it('runs any number of servers: Caddy asks for their addresses by name, and none has a name or port of its own', () => {
    expect(services.caddy?.environment).toMatchObject({ AHOY_BY: 'name' });
    expect(services.server?.environment).toMatchObject({ REDIS_URL: 'redis://redis:6379' });
    expect(services.server).not.toHaveProperty('container_name');
    expect(services.server).not.toHaveProperty('ports');
  });

  it('mounts files that exist, and runs what is mounted', () => {
    for (const [name, service] of Object.entries(services)) {
      const mounted = (service.volumes ?? [])
        .filter((volume) => volume.startsWith(folder))
        .map((volume) => volume.slice(folder.length + 1).split(':'));
      for (const [source = ''] of mounted) expect(existsSync(join(repository, source)), source).toBe(true);
      const targets = mounted.map(([, target]) => target);
      const words = [...(service.entrypoint ?? []), ...(service.command ?? [])];
      const files = words.filter((word) => word.startsWith('/etc/'));
      for (const file of files) expect(targets, `${name} runs ${file}`).toContain(file);
    }
  });
});

describe('the Dockerfile', () => {
  it('copies what exists and what .dockerignore lets in', async () => {
    const lines = (await read('Dockerfile')).split('\n').filter((line) => /^COPY (?!--from)/.test(line));
    const sources = lines.flatMap((line) => line.split(/\s+/).slice(1, -1));
    const allowed = (await read('.dockerignore'))
      .split('\n')
      .flatMap((line) => /^!(.*)$/.exec(line)?.[1] ?? []);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(existsSync(join(repository, source)), source).toBe(true);
      const isLetIn = allowed.some((entry) => source === entry || source.startsWith(`${entry}/`));
      expect(isLetIn, source).toBe(true);
    }
  });

  it('knows every workspace, without which npm ci refuses the lockfile', async () => {
    const dockerfile = await read('Dockerfile');
    const manifest: { workspaces: string[] } = JSON.parse(await read('package.json'));
    for (const workspace of manifest.workspaces) {
      expect(dockerfile.split(`COPY ${workspace}/package.json ${workspace}/`), workspace).toHaveLength(3);
    }
  });

  it('starts a file that exists', async () => {
    const start = (await read('Dockerfile')).split('\n').findLast((line) => line.startsWith('CMD ['));
    const words: string[] = JSON.parse(start?.slice('CMD '.length) ?? '[]');
    expect(existsSync(join(repository, words[1] ?? '')), words[1]).toBe(true);
  });
});

/** The example with its empty secrets filled in. */
async function filledEnvironment(): Promise<string> {
  return (await read('compose.env.example')).replaceAll(/^(POSTGRES_PASSWORD|TURN_SECRET)=$/gm, '$1=a1b2c3');
}

/** What docker-compose makes of the file, as JSON by the YAML of its own Python. */
async function resolveServices(folder: string): Promise<Record<string, Service>> {
  const { stdout } = await run('docker-compose', ['config'], { cwd: folder });
  const convert = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.argv[1]), sys.stdout)';
  const converted = await run('python3', ['-c', convert, stdout]);
  const resolved: { services: Record<string, Service> } = JSON.parse(converted.stdout);
  return resolved.services;
}
