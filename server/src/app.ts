import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type Config, ConfigError } from './config.ts';
import { createDataSource, type DatabaseConnection } from './database/dataSource.ts';
import { startEmbeddedPostgres } from './database/embeddedPostgres.ts';
import { migrate } from './database/migrate.ts';
import { createAnnouncer } from './features/announcements.ts';
import { createCallsRouter } from './features/calls/calls.router.ts';
import { createCallTimers } from './features/calls/callTimers.ts';
import { stopRinging } from './features/calls/stopRinging.ts';
import { createChatsRouter } from './features/chats/chats.router.ts';
import { createContactsRouter } from './features/contacts/contacts.router.ts';
import { createAccessTokens } from './features/identity/accessTokens.ts';
import { createAuthenticate } from './features/identity/authenticate.ts';
import { identityCleanup } from './features/identity/cleanup.ts';
import { createIdentityRouter } from './features/identity/identity.router.ts';
import { createRefreshTokens } from './features/identity/refreshTokens.ts';
import { createMessagesRouter } from './features/messages/messages.router.ts';
import { createReadMarks } from './features/messages/readMarks.ts';
import { createNotifications } from './features/notifications/createNotifications.ts';
import { createSignedIn, os } from './features/procedures.ts';
import { createLimits } from './features/rateLimits.ts';
import { closeAfterCalls, roomsCleanup } from './features/rooms/closeGuests.ts';
import { followMetSetting, leaveGuesthood } from './features/rooms/guestSignUp.ts';
import { tell } from './features/rooms/parts.ts';
import { createRoomKeys } from './features/rooms/roomKeys.ts';
import { createRoomsRouter } from './features/rooms/rooms.router.ts';
import { createServerRouter } from './features/server/server.router.ts';
import { createSyncRouter } from './features/sync/sync.router.ts';
import type { BotParts } from './features/telegram/bot/createBot.ts';
import { createTelegram } from './features/telegram/createTelegram.ts';
import { mergeAccounts } from './features/telegram/mergeAccounts.ts';
import { watchParts } from './figures.ts';
import { prepareClient } from './http/clientParts.ts';
import { createHttpServer } from './http/server.ts';
import type { Log } from './log.ts';
import { createMailer } from './mail/mailer.ts';
import { createCleanup } from './operations/cleanup.ts';
import { createMetrics } from './operations/metrics.ts';
import { startMetricsServer } from './operations/metricsServer.ts';
import { createRealtime } from './realtime/realtime.ts';
import { schema } from './schema.ts';
import { loadSecrets } from './secrets.ts';

const CLEANUP_EVERY_MS = 10 * 60_000;

type OnClose = (closer: () => Promise<unknown>) => void;

export type App = {
  /** Where people open it. */
  url: string;
  /** Stops accepting, finishes what is under way, and closes every part. */
  close(): Promise<void>;
};

/**
 * Builds every part once, wires what features announce, and listens. Rejects when a part cannot start.
 * `database` is a PostgreSQL that runs already, for tests that share one.
 */
export async function createApp(config: Config, log: Log, database?: DatabaseConnection): Promise<App> {
  // Whatever has started is closed in the opposite order, also when a later part fails.
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    // One that fails must not keep the others open, the embedded database least of all.
    for (const closer of closers.splice(0).reverse()) await closer().catch((error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'a part did not stop cleanly');
  };
  try {
    return { url: await start(config, log, (closer) => closers.push(closer), database), close };
  } catch (error) {
    await close().catch((failure) => log.error({ err: failure }, 'a failed start did not end cleanly'));
    throw error;
  }
}

async function start(
  config: Config,
  log: Log,
  onClose: OnClose,
  database: DatabaseConnection | undefined,
): Promise<string> {
  const clock = () => new Date();
  if (config.turnUrls.length === 0) log.warn('TURN_URLS is not set: calls between some networks will fail');
  const secrets = await loadSecrets(config);
  const dataSource = await openDatabase(config, log, onClose, database);
  const metrics = createMetrics(config.metricsPort !== undefined || config.metricsToken !== undefined);
  const mailer = createMailer(config, log, metrics.letter);
  onClose(() => mailer.close());

  const announcer = createAnnouncer((error) =>
    log.error({ err: error }, 'an announcement was not passed on'),
  );
  const redis = config.redisUrl ? await openRedis(config.redisUrl, log) : undefined;
  if (redis) onClose(async () => redis.close());
  const limits = createLimits(redis?.limitStore);
  const accessTokens = createAccessTokens(secrets.deriveKey('access'), clock);
  const authenticate = createAuthenticate({ accessTokens, dataSource, announcer, clock });
  const { signedIn, signedInOrGuest } = createSignedIn(authenticate, limits.requestsByPerson);
  const readMarks = createReadMarks({ dataSource, announcer, log });
  let ownUrl = '';
  const publicUrl = () => config.publicUrl ?? ownUrl;

  const bot = await openBot(config, {
    ...{ dataSource, announcer, log, limits, deriveKey: secrets.deriveKey, publicUrl },
    onOutcome: metrics.botMessage,
  });
  if (bot) onClose(() => bot.close());
  const notifications = createNotifications({
    ...{ dataSource, announcer, signedIn, limits, mailer, log, deriveKey: secrets.deriveKey },
    config: { ...config, publicUrl },
    hasSocket: (userId) => realtime.hasSocket(userId),
    onOutcome: metrics.push,
    bot: bot?.notices,
  });
  onClose(() => notifications.close());

  const identity = { deriveKey: secrets.deriveKey, accessTokens, mailer, announcer, limits, clock };
  const access = { signedIn, signedInOrGuest };
  const refreshTokens = createRefreshTokens(secrets.deriveKey('refresh'));
  const telegram = createTelegram({
    ...{ ...identity, ...access, dataSource, refreshTokens, log, bot },
    mergeAccounts: (ids) => mergeAccounts({ dataSource, announcer, clock }, ids),
    config: { ...config.telegram, registrationSecret: config.registrationSecret, publicUrl },
  });
  onClose(() => telegram.close());
  const router = os.router({
    server: createServerRouter({ config: { ...config, publicUrl, telegram: telegram.info } }),
    identity: createIdentityRouter({
      ...identity,
      ...access,
      dataSource,
      config: { registrationSecret: config.registrationSecret, publicUrl },
      accountOfTelegram: telegram.accountOf,
      onGuestSignUp: async (manager, chatId, userId) => {
        const news = await leaveGuesthood(manager, chatId, userId);
        return () => tell(announcer, news);
      },
    }),
    contacts: createContactsRouter({ dataSource, announcer, limits, ...access }),
    chats: createChatsRouter({ dataSource, announcer, ...access }),
    messages: createMessagesRouter({ dataSource, announcer, readMarks, signedInOrGuest }),
    calls: createCallsRouter({
      ...{ dataSource, announcer, signedInOrGuest, clock, limitRings: limits.ringsByPair },
      longestCallSeconds: config.longestCallMinutes * 60,
      roomPeople: config.roomPeople,
      ice: config,
    }),
    rooms: createRoomsRouter({
      ...{ dataSource, announcer, accessTokens, clock, limits, ...access },
      refreshTokens,
      keys: createRoomKeys(secrets.deriveKey('rooms')),
      roomPeople: config.roomPeople,
    }),
    notifications: notifications.router,
    sync: createSyncRouter({ dataSource, signedInOrGuest, clock }),
    telegram: telegram.router,
  });

  const http = await createHttpServer({
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    frameOrigins: config.telegram.frameOrigins,
    log,
    router,
    client: await prepareClient(config, log, clock()),
    isDatabaseReady: () => answers(dataSource),
    onRequest: metrics.requestEnded,
    onShed: metrics.requestShed,
    metrics: { ...metrics, token: config.metricsToken },
    webhook: bot?.webhook,
  });
  const realtime = createRealtime({
    httpServer: http.server,
    dataSource,
    announcer,
    authenticate,
    log,
    clock,
    processes: redis?.processes,
    onCut: metrics.socketCut,
    leases: notifications.leases,
  });
  onClose(() => realtime.close());
  watchParts(metrics, { dataSource, announcer, mailer, http, realtime, notifications });
  const cleanup = createCleanup(
    dataSource,
    [
      ...identityCleanup(dataSource, clock),
      ...notifications.cleanup,
      ...(bot?.cleanup ?? []),
      ...roomsCleanup({ dataSource, announcer, clock }),
    ],
    log,
    {
      intervalMs: CLEANUP_EVERY_MS,
    },
  );

  await authenticate.start();
  if (redis)
    onClose(authenticate.follow((error) => log.warn({ err: error }, 'ended sessions were not read')));
  await realtime.start(() => {
    // It may have died with marks untold.
    readMarks.recover().catch((error) => log.warn({ err: error }, 'read marks were not recovered'));
  });
  await readMarks.recover();
  announcer.on('blockChanged', ({ userId, chatId, isBlocked }) =>
    isBlocked ? stopRinging({ dataSource, announcer }, userId, chatId) : undefined,
  );
  closeAfterCalls({ dataSource, announcer, clock });
  followMetSetting({ dataSource, announcer });
  const callTimers = createCallTimers({ dataSource, announcer, log });
  await callTimers.start();
  onClose(() => callTimers.close());
  cleanup.start();
  onClose(() => cleanup.stop());
  onClose(() => readMarks.close());
  if (config.metricsPort !== undefined) {
    const place = { port: config.metricsPort, host: config.metricsHost };
    const server = await startMetricsServer(metrics, place);
    onClose(() => server.close());
    log.info({ ...place, port: server.port }, 'metrics are served');
  }
  http.server.listen(config.port, config.host);
  await once(http.server, 'listening');
  ownUrl = addressOf(http.server.address() as AddressInfo, config.host);
  bot?.start();
  // Requests finish first, while sockets still hear of them.
  onClose(() => http.close());
  return publicUrl();
}

/** Loaded only where there are several processes. */
async function openRedis(url: string, log: Log) {
  const { createRedisParts } = await import('./redis/redisParts.ts');
  return createRedisParts(url, log);
}

/** Loaded only where there is a bot. */
async function openBot(
  { telegram: { token, apiUrl, hasWebhook } }: Config,
  { publicUrl, ...parts }: Omit<BotParts, 'config'> & { publicUrl: () => string },
) {
  if (!token) return undefined;
  const { createBot } = await import('./features/telegram/bot/createBot.ts');
  return createBot({ ...parts, config: { token, apiUrl, hasWebhook, publicUrl } });
}

async function openDatabase(
  config: Config,
  log: Log,
  onClose: OnClose,
  database: DatabaseConnection | undefined,
): Promise<DataSource> {
  let connection = database ?? (config.databaseUrl ? { url: config.databaseUrl } : undefined);
  if (!connection) {
    const embedded = await startEmbeddedPostgres({ folder: join(config.dataDir, 'postgres'), log });
    onClose(() => embedded.stop());
    connection = embedded.connection;
  }
  const dataSource = createDataSource({ connection, ...schema, log });
  await dataSource.initialize().catch((error: unknown) => {
    throw config.databaseUrl && !database ? noDatabase(error) : error;
  });
  onClose(() => dataSource.destroy());
  await migrate(dataSource, log);
  return dataSource;
}

/** The server's own words, which never repeat the password, or the code where the network has no words. */
function noDatabase(error: unknown): ConfigError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'it does not answer';
  const reason = (error instanceof Error && error.message) || code;
  return new ConfigError(`DATABASE_URL leads to no database that can be used: ${reason}`, { cause: error });
}

function answers(dataSource: DataSource): Promise<boolean> {
  return dataSource.query('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** An address that a browser on this machine can open. */
function addressOf({ address, port }: AddressInfo, host: string | undefined): string {
  if (!host || address === '::' || address === '0.0.0.0') return `http://localhost:${port}`;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
