import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { os, type SignedIn } from '../procedures.ts';
import { declineCall, joinCall, leaveCall } from './changeCall.ts';
import { type IceConfig, iceServersFor, readIceServers } from './iceServers.ts';
import { readCallDetails, readCurrentCalls, reportQuality } from './readCalls.ts';
import { type StartCallParts, startCall } from './startCall.ts';

export type CallsRouterParts = StartCallParts & {
  signedInOrGuest: SignedIn;
  ice: IceConfig;
  clock: () => Date;
};

/** Implements `contract.calls`. */
export function createCallsRouter({ signedInOrGuest, ice, ...parts }: CallsRouterParts) {
  const { calls } = os;
  const { dataSource } = parts;
  const iceParts = { ...parts, config: ice };

  /** Over or left already, it has none, and who enters is told so by the call itself. */
  async function enter(userId: string, call: Call) {
    const isIn = call.participants.some((each) => each.userId === userId && each.isPresent);
    return isIn ? { call, ice: await iceServersFor(iceParts, userId, call.id) } : { call };
  }
  return {
    start: calls.start.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      const device = { ...viewer, participantId: input.participantId };
      return enter(viewer.userId, await startCall(parts, device, input));
    }),
    join: calls.join.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => {
      const device = { ...viewer, participantId: input.participantId };
      return enter(viewer.userId, await joinCall(parts, device, input));
    }),
    decline: calls.decline.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => ({
      call: await declineCall(parts, viewer, input.id),
    })),
    leave: calls.leave.use(signedInOrGuest).handler(async ({ context: { viewer }, input }) => ({
      call: await leaveCall(parts, { ...viewer, participantId: input.participantId }, input.id),
    })),
    current: calls.current.use(signedInOrGuest).handler(async ({ context: { viewer } }) => ({
      calls: await readCurrentCalls(dataSource, viewer.userId),
    })),
    details: calls.details
      .use(signedInOrGuest)
      .handler(({ context: { viewer }, input }) => readCallDetails(dataSource, viewer.userId, input.id)),
    reportQuality: calls.reportQuality
      .use(signedInOrGuest)
      .handler(async ({ context: { viewer }, input }) => {
        await reportQuality(dataSource, viewer.userId, input);
        return {};
      }),
    iceServers: calls.iceServers
      .use(signedInOrGuest)
      .handler(({ context: { viewer }, input }) => readIceServers(iceParts, viewer.userId, input.callId)),
  };
}
