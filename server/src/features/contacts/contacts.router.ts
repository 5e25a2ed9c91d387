import type { DataSource } from 'typeorm';
import { os, type SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';
import { findPerson } from './findPerson.ts';

type ContactsParts = {
  dataSource: DataSource;
  limits: Pick<Limits, 'findByPerson'>;
  signedIn: SignedIn;
};

/** Implements `contract.contacts`. */
export function createContactsRouter({ dataSource, limits, signedIn }: ContactsParts) {
  return {
    find: os.contacts.find.use(signedIn).handler(async ({ input, context: { viewer } }) => {
      await limits.findByPerson(viewer.userId);
      return { person: await findPerson(dataSource, viewer.userId, input.query) };
    }),
  };
}
