import type { DataSource } from 'typeorm';
import { os, type SignedIn } from '../procedures.ts';
import { answerSync } from './answerSync.ts';

export function createSyncRouter(parts: {
  dataSource: DataSource;
  signedInOrGuest: SignedIn;
  clock: () => Date;
}) {
  return {
    sync: os.sync.sync
      .use(parts.signedInOrGuest)
      .handler(({ context, input }) => answerSync(parts, context.viewer.userId, input)),
  };
}
