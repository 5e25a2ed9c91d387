import type { DataSource } from 'typeorm';
import type { Announcer } from '../announcements.ts';
import { os, type SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';
import { blockPerson, unblockPerson } from './blockPerson.ts';
import { findPerson } from './findPerson.ts';
import { listBlocked } from './listBlocked.ts';
import { readPhoto } from './readPhoto.ts';

type ContactsParts = {
  dataSource: DataSource;
  announcer: Announcer;
  limits: Pick<Limits, 'findByPerson'>;
  signedIn: SignedIn;
  signedInOrGuest: SignedIn;
};

/** Implements `contract.contacts`. */
export function createContactsRouter({ limits, signedIn, signedInOrGuest, ...parts }: ContactsParts) {
  const { contacts } = os;
  return {
    find: contacts.find.use(signedIn).handler(async ({ input, context: { viewer } }) => {
      await limits.findByPerson(viewer.userId);
      return { person: await findPerson(parts.dataSource, viewer.userId, input.query) };
    }),
    photo: contacts.photo
      .use(signedInOrGuest)
      .handler(({ input }) => readPhoto(parts.dataSource, input.photoId)),
    block: contacts.block.use(signedIn).handler(async ({ input, context: { viewer } }) => {
      await blockPerson(parts, viewer.userId, input.personId);
      return {};
    }),
    unblock: contacts.unblock.use(signedIn).handler(async ({ input, context: { viewer } }) => {
      await unblockPerson(parts, viewer.userId, input.personId);
      return {};
    }),
    blocked: contacts.blocked
      .use(signedIn)
      .handler(({ input, context: { viewer } }) => listBlocked(parts.dataSource, viewer.userId, input.after)),
  };
}
