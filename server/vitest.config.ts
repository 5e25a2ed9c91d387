import { configDefaults, defineConfig } from 'vitest/config';

/** What starts an embedded PostgreSQL of its own is the same on whatever database the other tests run. */
const EMBEDDED = ['src/database/embedded*.test.ts', 'src/main.test.ts'];

/** What asks no database, or only its own server. */
const WITHOUT_DATABASE = [
  ...['src/http/**/*.test.ts', 'src/mail/**/*.test.ts', 'src/operations/turn/**/*.test.ts'],
  ...['src/turnCheck.test.ts', 'src/config.test.ts', 'src/log.test.ts', 'src/secrets.test.ts'],
  ...['src/features/notifications/hostileService.test.ts', 'src/features/notifications/pushQueue.test.ts'],
  'src/features/notifications/decide.test.ts',
];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.TEST_DATABASE_URL ? [...EMBEDDED, ...WITHOUT_DATABASE] : []),
    ],
    globalSetup: ['src/test/globalSetup.ts'],
    // Most of a test's time is waiting, for PostgreSQL, letters or timers: three files keep two cores busy.
    maxWorkers: 3,
    // Nothing is made at import, so that files may share a process, and what it has loaded.
    isolate: false,
    setupFiles: ['../scripts/propertySeed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
