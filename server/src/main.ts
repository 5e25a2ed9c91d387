import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { FolderInUseError } from './database/embeddedPostgres.ts';
import { createLog } from './log.ts';

/** The longest that a clean stop may take before the process ends anyway. */
const STOP_TIMEOUT_MS = 30_000;

try {
  await main();
} catch (error) {
  process.stderr.write(`Ahoy does not start: ${explain(error)}\n`);
  // A part that started before the failure must not keep the process.
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const stopRequested = new Promise<NodeJS.Signals>((resolve) => {
    // Stays installed: a second Ctrl-C, or npm passing it on, does not cut the clean stop short.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
  });
  const app = await createApp(config, log);
  process.stdout.write(`Ahoy is at ${app.url}\n`);
  log.info({ signal: await stopRequested }, 'stopping');
  setTimeout(() => {
    log.fatal('stopping took too long');
    process.exit(1);
  }, STOP_TIMEOUT_MS).unref();
  try {
    await app.close();
    process.exit(0);
  } catch (error) {
    log.fatal({ err: error }, 'did not stop cleanly');
    process.exit(1);
  }
}

/** One line for what the operator can mend, the whole story for what only we can. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || error instanceof FolderInUseError) return error.message;
  const code = 'code' in error ? error.code : undefined;
  const port = 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop the other program or set PORT`;
  if (code === 'EACCES' && port)
    return `port ${port} may not be opened by this user: set PORT to 1024 or more`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST is no address of this machine (${error.message})`;
  return error.stack ?? error.message;
}
