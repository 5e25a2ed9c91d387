import { configDefaults, defineConfig } from 'vitest/config';

/** What starts an embedded PostgreSQL of its own is the same on whatever database the other tests run. */
const EMBEDDED = ['src/database/embedded*.test.ts', 'src/main.test.ts'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.TEST_DATABASE_URL ? EMBEDDED : [])],
    globalSetup: ['src/test/globalSetup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
