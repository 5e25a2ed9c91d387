import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Contract, contract } from '@ahoy/shared/protocol/contract.ts';
import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { io, type Socket } from 'socket.io-client';
import type { DataSource } from 'typeorm';
import { type App, createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createDataSource, type DatabaseConnection } from '../database/dataSource.ts';
import { createLog } from '../log.ts';
import { schema } from '../schema.ts';
import { startTestDatabase, type TestDatabase } from './startTestDatabase.ts';

export const PASSWORD = 'correct horse battery';
const LETTER_TIMEOUT_MS = 10_000;
const POLL_MS = 20;

export type TestSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
export type TestApi = ContractRouterClient<Contract>;

/** Someone with a confirmed account and one signed-in device. */
export type TestPerson = {
  id: string;
  email: string;
  me: Me;
  accessToken: string;
  sessionId: string;
  api: TestApi;
  /** A connected socket, in its rooms. */
  connect(): Promise<TestSocket>;
  /** One that connects, for who has to hear what comes together with the connection. */
  connecting(): TestSocket;
};

export type TestServer = {
  url: string;
  app: App;
  /** Where it keeps its rows. */
  database: DatabaseConnection;
  /** The API as nobody, or with some bearer token. */
  api(accessToken?: string, address?: string): TestApi;
  person(name: string): Promise<TestPerson>;
  /** Signs in once more, as on a second device. */
  signIn(person: TestPerson): Promise<TestPerson>;
  /** The code of the letter to an address, once it is written. */
  codeFor(email: string): Promise<string>;
  /** Its rows, as another process reaches them; closed when the server stops. */
  openDatabase(): Promise<DataSource>;
  /** A socket that is let in by a token. */
  connect(accessToken: string): Promise<TestSocket>;
  stop(): Promise<void>;
};

/**
 * The whole server on a fresh database, as `npm start` runs it, on loopback. With DATA_DIR in `env` that folder and what
 * is in it stay; with a database URL or another server's connection, or null for the embedded one there, so does the database.
 */
export async function startServer(
  env: Record<string, string> = {},
  place?: string | DatabaseConnection | null,
): Promise<TestServer> {
  const databaseUrl = typeof place === 'string' ? place : undefined;
  const database = place === undefined ? await startTestDatabase() : shared(place);
  const dataDir = env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'ahoy-server-')));
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    ...env,
  });
  const app = await createApp(
    config,
    createLog(process.env.TEST_LOG ? 'error' : 'silent'),
    database?.connection,
  );
  const connection = database?.connection ?? { url: databaseUrl ?? '' };
  const sockets: TestSocket[] = [];
  const opened: DataSource[] = [];
  let people = 0;

  function api(accessToken?: string, address = '127.0.0.1'): TestApi {
    const headers = {
      'x-forwarded-for': address,
      ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
    };
    return createORPCClient(new OpenAPILink(contract, { url: `${app.url}/api`, headers }));
  }

  function connecting(accessToken: string): TestSocket {
    const socket: TestSocket = io(app.url, {
      transports: ['websocket'],
      auth: { accessToken },
      forceNew: true,
    });
    sockets.push(socket);
    return socket;
  }

  async function connect(accessToken: string): Promise<TestSocket> {
    const socket = connecting(accessToken);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  function toPerson(email: string, session: { me: Me; accessToken: string; sessionId: string }): TestPerson {
    return {
      id: session.me.person.id,
      email,
      ...session,
      api: api(session.accessToken),
      connect: () => connect(session.accessToken),
      connecting: () => connecting(session.accessToken),
    };
  }

  return {
    url: app.url,
    app,
    database: connection,
    api,
    async person(name) {
      people += 1;
      const email = `${name.toLowerCase()}${people}@example.org`;
      const nobody = api(undefined, `10.1.0.${people}`);
      const asked = await nobody.identity.register({ email, name, password: PASSWORD, locale: 'en' });
      const code = await codeFor(join(dataDir, 'mail'), email);
      const { session } = await nobody.identity.confirm({
        challengeId: asked.challengeId,
        secret: asked.secret,
        code,
      });
      if (!session) throw new Error('confirming did not sign in');
      return toPerson(email, session);
    },
    async signIn(person) {
      return toPerson(person.email, await api().identity.signIn({ email: person.email, password: PASSWORD }));
    },
    codeFor: (email) => codeFor(join(dataDir, 'mail'), email),
    connect,
    async openDatabase() {
      const source = createDataSource({ connection, ...schema, log: createLog('silent') });
      opened.push(source);
      return source.initialize();
    },
    async stop() {
      for (const socket of sockets) socket.disconnect();
      for (const source of opened) await source.destroy();
      await app.close();
      await database?.drop();
      if (!env.DATA_DIR) await rm(dataDir, { recursive: true });
    },
  };
}

/** A database that somebody else removes. */
function shared(place: string | DatabaseConnection | null): TestDatabase | undefined {
  return place && typeof place === 'object' ? { connection: place, drop: async () => undefined } : undefined;
}

async function codeFor(folder: string, email: string): Promise<string> {
  const deadline = Date.now() + LETTER_TIMEOUT_MS;
  while (Date.now() < deadline) {
    for (const file of await readdir(folder).catch(() => [])) {
      const letter = file.endsWith('.eml') ? await readFile(join(folder, file), 'utf8') : '';
      const code = letter.includes(`To: ${email}`) && /^Subject:.*?(\d{6})/m.exec(letter)?.[1];
      if (code) return code;
    }
    await delay(POLL_MS);
  }
  throw new Error(`no letter for ${email}`);
}

/** The next event of a kind that fits, in order of arrival. */
export function next<K extends keyof ServerToClientEvents>(
  socket: TestSocket,
  kind: K,
  fits: (payload: Parameters<ServerToClientEvents[K]>[0]) => boolean = () => true,
): Promise<Parameters<ServerToClientEvents[K]>[0]> {
  const { promise, resolve, reject } = Promise.withResolvers<Parameters<ServerToClientEvents[K]>[0]>();
  // Listens without a pause: events that come in one packet follow each other within a tick.
  const emitter: NodeJS.EventEmitter = socket as unknown as NodeJS.EventEmitter;
  const hear = (payload: Parameters<ServerToClientEvents[K]>[0]) => {
    if (fits(payload)) resolve(payload);
  };
  const timer = setTimeout(() => reject(new Error(`no such ${kind} came`)), LETTER_TIMEOUT_MS);
  emitter.on(kind, hear);
  return promise.finally(() => {
    clearTimeout(timer);
    emitter.off(kind, hear);
  });
}
