import { ConfigError, readConfig } from './config.ts';
import { FolderInUseError } from './database/embeddedPostgres.ts';
import { createLog } from './log.ts';
import { restoreFrom, saveTo } from './operations/backup/commands.ts';
import { BackupError } from './operations/backup/format.ts';
import { schema } from './schema.ts';

// npm run backup -- <file> and npm run restore -- <file>. Where the data are is said by the server's own variables.
const USAGE = 'npm run backup -- <file>, or npm run restore -- <file>; "-" is the standard output or input';

const [command, path, ...rest] = process.argv.slice(2);
try {
  if ((command !== 'backup' && command !== 'restore') || !path || rest.length > 0)
    throw new BackupError(`use ${USAGE}`);
  const config = readConfig(process.env);
  const log = createLog('error', process.stderr);
  const { tables, rows, files } =
    command === 'backup'
      ? await saveTo(path, config, log)
      : await restoreFrom(path, config, schema.migrations, log);
  const what = [`${rows} rows of ${tables} tables`, ...files].join(', ');
  // Standard output may be the backup itself.
  process.stderr.write(command === 'backup' ? `Saved ${what}\n` : `Restored ${what}\n`);
  if (!files.includes('secret.key')) {
    process.stderr.write(
      'The key is SECRET_KEY of the environment: keep it, too, or everybody has to sign in again\n',
    );
  }
} catch (error) {
  process.stderr.write(`The ${command === 'restore' ? 'restore' : 'backup'} failed: ${explain(error)}\n`);
  process.exitCode = 1;
}

/** One line for what the operator can mend, the whole story for what only we can. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BackupError || error instanceof ConfigError) return error.message;
  if (error instanceof FolderInUseError) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return 'it is cut off: its end is missing';
  if (code.startsWith('Z_')) return 'it is damaged, or no backup of Ahoy';
  if (code === 'ENOSPC') return 'there is no space left on the disk';
  // The system's own words, and those of PostgreSQL (SQLSTATE).
  if (/^E[A-Z]+$/.test(code)) return error.message || code;
  if (/^[0-9A-Z]{5}$/.test(code)) return `PostgreSQL says: ${error.message}`;
  return error.stack ?? error.message;
}
