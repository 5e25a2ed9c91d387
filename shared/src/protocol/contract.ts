import { oc } from '@orpc/contract';
import { calls } from './calls.contract.ts';
import { chats, contacts } from './chats.contract.ts';
import { identity } from './identity.contract.ts';
import { messages } from './messages.contract.ts';
import { notifications } from './notifications.contract.ts';
import { rooms } from './rooms.contract.ts';
import { server } from './server.contract.ts';
import { sync } from './sync.contract.ts';
import { telegram } from './telegram.contract.ts';

/**
 * The API, once: validated on the server, typed in the client, documented at /api/docs.
 * Procedures made of `isPublic` may be called by anyone; those of `signedIn` need the bearer access token of an account, and
 * those of `signedInOrGuest` take that of a room's guest as well.
 */
export const contract = oc.router({
  server,
  identity,
  contacts,
  chats,
  messages,
  calls,
  rooms,
  notifications,
  sync,
  telegram,
});
export type Contract = typeof contract;
