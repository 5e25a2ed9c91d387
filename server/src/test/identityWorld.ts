import { setTimeout as delay } from 'node:timers/promises';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { createRouterClient } from '@orpc/server';
import { createDataSource } from '../database/dataSource.ts';
import { migrate } from '../database/migrate.ts';
import { type Announcements, createAnnouncer } from '../features/announcements.ts';
import { createContactsRouter } from '../features/contacts/contacts.router.ts';
import { createAccessTokens } from '../features/identity/accessTokens.ts';
import { createAuthenticate } from '../features/identity/authenticate.ts';
import { createIdentityRouter } from '../features/identity/identity.router.ts';
import { createSignedIn } from '../features/procedures.ts';
import { createLimits } from '../features/rateLimits.ts';
import type { RequestContext } from '../http/context.ts';
import { createLog } from '../log.ts';
import type { Letter } from '../mail/letter.ts';
import { createMailQueue } from '../mail/mailer.ts';
import { schema } from '../schema.ts';
import { startTestDatabase } from './startTestDatabase.ts';

export const PASSWORD = 'correct horse battery';
const PUBLIC_URL = 'https://chat.example.org';
const SESSION_COOKIE = '__Host-ahoy';
const LETTER_TIMEOUT_MS = 10_000;

export type IdentityWorld = Awaited<ReturnType<typeof startIdentityWorld>>;

/** The identity and contacts features on a fresh database, with a clock to turn and a mail queue that keeps its letters. */
export async function startIdentityWorld(config: { registrationSecret?: string } = {}) {
  const log = createLog('silent');
  const database = await startTestDatabase();
  const dataSource = await createDataSource({
    connection: database.connection,
    ...schema,
    log,
  }).initialize();
  await migrate(dataSource, log);

  let now = Date.now();
  const clock = () => new Date(now);
  const letters: Letter[] = [];
  const deliver = async (letter: Letter) => {
    letters.push(letter);
  };
  const mailer = createMailQueue({ deliver, close: () => undefined }, log);
  const announced: { [K in keyof Announcements]: { kind: K } & Announcements[K] }[keyof Announcements][] = [];
  const announcer = createAnnouncer((error) => {
    throw error;
  });
  announcer.on('sessionEnded', (ended) => {
    announced.push({ kind: 'sessionEnded', ...ended });
  });
  announcer.on('personChanged', (changed) => {
    announced.push({ kind: 'personChanged', ...changed });
  });
  announcer.on('accountChanged', (changed) => {
    announced.push({ kind: 'accountChanged', ...changed });
  });

  const keyOf = (purpose: string) => Buffer.alloc(32, purpose);
  const accessTokens = createAccessTokens(keyOf('access'), clock);
  const authenticate = createAuthenticate({ accessTokens, dataSource, announcer, clock });
  await authenticate.start();
  const limits = createLimits();
  const access = createSignedIn(authenticate, limits.requestsByPerson);
  const router = {
    identity: createIdentityRouter({
      dataSource,
      deriveKey: keyOf,
      accessTokens,
      mailer,
      announcer,
      limits,
      ...access,
      config: { ...config, publicUrl: () => PUBLIC_URL },
      clock,
    }),
    contacts: createContactsRouter({ dataSource, announcer, limits, ...access }),
  };
  let browsers = 0;

  /** A browser with its cookies, its access token and, unless told otherwise, an address of its own. */
  function browser(device: { address?: string; userAgent?: string; isSessionInMemory?: boolean } = {}) {
    browsers += 1;
    const { address = `10.0.${browsers >> 8}.${browsers & 255}`, userAgent = 'Mozilla/5.0' } = device;
    const { isSessionInMemory = false } = device;
    const state = { cookies: {} as Record<string, string>, accessToken: '' };
    const contextOf = (): RequestContext => ({
      requestId: 'test',
      address,
      userAgent,
      isSecure: true,
      authorization: state.accessToken ? `Bearer ${state.accessToken}` : undefined,
      cookies: { ...state.cookies },
      isSessionInMemory,
      sessionToken: state.cookies[SESSION_COOKIE],
      setCookie: () => undefined,
      whenAnswered: () => undefined,
      keepSessionToken: (token) => {
        state.cookies[SESSION_COOKIE] = token;
      },
      forgetSessionToken: () => {
        delete state.cookies[SESSION_COOKIE];
      },
    });
    const api = createRouterClient(router, { context: contextOf });
    const keep = (session: SessionAnswer): SessionAnswer => {
      state.accessToken = session.accessToken;
      return session;
    };
    return {
      api,
      state,
      keep,
      /** The refresh token that this browser holds. */
      cookie: () => state.cookies[SESSION_COOKIE],
      signIn: async (email: string, password = PASSWORD) =>
        keep(await api.identity.signIn({ email, password })),
    };
  }

  /** Waits for the newest letter to an address, beyond those that came before. */
  async function letterTo(to: string, count = 1): Promise<Letter & { code: string; token: string }> {
    const end = Date.now() + LETTER_TIMEOUT_MS;
    for (;;) {
      const found = letters.filter((letter) => letter.to === to);
      const letter = found[count - 1];
      if (letter) {
        const code = /\b\d{6}\b/.exec(letter.text)?.[0] ?? '';
        const token = /#token=([\w-]+)/.exec(letter.text)?.[1] ?? '';
        return { ...letter, code, token };
      }
      if (Date.now() > end) throw new Error(`letter ${count} to ${to} did not come: ${found.length} did`);
      await delay(2);
    }
  }

  /** Registers a person and signs them in. */
  async function join(email: string, name = 'Ann', device: Parameters<typeof browser>[0] = {}) {
    const own = browser(device);
    const { challengeId, secret } = await own.api.identity.register({
      email,
      name,
      password: PASSWORD,
      inviteCode: config.registrationSecret,
      locale: 'en',
    });
    const { code } = await letterTo(email);
    const { session } = await own.api.identity.confirm({ challengeId, secret, code });
    if (!session) throw new Error('the browser that registered was not signed in');
    own.keep(session);
    return { browser: own, me: session.me, sessionId: session.sessionId };
  }

  return {
    dataSource,
    letters,
    announced,
    accessTokens,
    announcer,
    clock,
    browser,
    letterTo,
    join,
    /** Another process on the same database, as after a restart. */
    restartedAuthenticate: async () => {
      const other = createAuthenticate({
        accessTokens,
        dataSource,
        announcer: createAnnouncer(() => undefined),
        clock,
      });
      await other.start();
      return other;
    },
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    stop: async () => {
      await mailer.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** The code of the error that an answer turned out to be, with what else it says. */
export async function failureOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const data = 'data' in error && error.data;
    return data && error.code !== 'BAD_REQUEST' ? { code: error.code, ...data } : { code: error.code };
  }
  return 'no error';
}
