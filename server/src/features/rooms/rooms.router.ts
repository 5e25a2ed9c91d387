import { os, type SignedIn } from '../procedures.ts';
import { listRooms, readRoom, revokeRoom, updateRoom } from './changeRoom.ts';
import { closeGuests, GUESTS_AT_ONCE } from './closeGuests.ts';
import { createRoom } from './createRoom.ts';
import { enterAsGuest, enterRoom, lookAtRoom } from './enterRoom.ts';
import { endRoomCall, handOver, mutePerson, removePerson } from './hostActs.ts';
import { admit, readStanding, readWaiting, refuse, withdraw } from './knocks.ts';
import type { EntryParts } from './parts.ts';

export type RoomsRouterParts = EntryParts & { signedIn: SignedIn; signedInOrGuest: SignedIn };

/** Implements `contract.rooms`. */
export function createRoomsRouter({ signedIn, signedInOrGuest, ...parts }: RoomsRouterParts) {
  const { rooms } = os;
  return {
    create: rooms.create
      .use(signedIn)
      .handler(({ context: { viewer }, input }) => createRoom(parts, viewer.userId, input)),
    list: rooms.list.use(signedIn).handler(({ context: { viewer } }) => listRooms(parts, viewer.userId)),
    read: rooms.read
      .use(signedIn)
      .handler(({ context: { viewer }, input }) => readRoom(parts, viewer.userId, input.chatId)),
    update: rooms.update
      .use(signedIn)
      .handler(({ context: { viewer }, input }) => updateRoom(parts, viewer.userId, input)),
    revoke: rooms.revoke.use(signedIn).handler(async ({ context: { viewer }, input }) => {
      const answer = await revokeRoom(parts, viewer.userId, input.chatId);
      await closeGuests(parts, { chatId: input.chatId, limit: GUESTS_AT_ONCE });
      return answer;
    }),
    look: rooms.look.handler(({ context, input }) => lookAtRoom(parts, input.key, context)),
    enter: rooms.enter
      .use(signedInOrGuest)
      .handler(({ context, input }) => enterRoom(parts, context.viewer, input.key, context)),
    enterAsGuest: rooms.enterAsGuest.handler(({ context, input }) => enterAsGuest(parts, input, context)),
    standing: rooms.standing
      .use(signedInOrGuest)
      .handler(({ context: { viewer }, input }) => readStanding(parts, viewer, input.chatId)),
    waiting: rooms.waiting
      .use(signedInOrGuest)
      .handler(({ context: { viewer }, input }) => readWaiting(parts, viewer.userId, input.chatId)),
    withdraw: rooms.withdraw.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await withdraw(parts, viewer.userId, input.chatId);
      return {};
    }),
    admit: rooms.admit.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await admit(parts, viewer.userId, input);
      return {};
    }),
    refuse: rooms.refuse.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await refuse(parts, viewer.userId, input);
      return {};
    }),
    mute: rooms.mute.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await mutePerson(parts, viewer.userId, input);
      return {};
    }),
    remove: rooms.remove.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await removePerson(parts, viewer.userId, input);
      return {};
    }),
    handOver: rooms.handOver.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await handOver(parts, viewer.userId, input);
      return {};
    }),
    endCall: rooms.endCall.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      await endRoomCall(parts, viewer.userId, input.chatId);
      return {};
    }),
  };
}
