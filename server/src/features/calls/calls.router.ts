import { os, type SignedIn } from '../procedures.ts';
import { declineCall, joinCall, leaveCall } from './changeCall.ts';
import { type IceConfig, readIceServers } from './iceServers.ts';
import { readCallDetails, readCurrentCalls, reportQuality } from './readCalls.ts';
import { type StartCallParts, startCall } from './startCall.ts';

export type CallsRouterParts = StartCallParts & { signedIn: SignedIn; ice: IceConfig; clock: () => Date };

/** Implements `contract.calls`. */
export function createCallsRouter({ signedIn, ice, ...parts }: CallsRouterParts) {
  const { calls } = os;
  const { dataSource } = parts;
  return {
    start: calls.start.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      call: await startCall(parts, { ...viewer, participantId: input.participantId }, input),
    })),
    join: calls.join.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      call: await joinCall(parts, { ...viewer, participantId: input.participantId }, input),
    })),
    decline: calls.decline.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      call: await declineCall(parts, viewer.userId, input.id),
    })),
    leave: calls.leave.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      call: await leaveCall(parts, { ...viewer, participantId: input.participantId }, input.id),
    })),
    current: calls.current.use(signedIn).handler(async ({ context: { viewer } }) => ({
      calls: await readCurrentCalls(dataSource, viewer.userId),
    })),
    details: calls.details
      .use(signedIn)
      .handler(({ context: { viewer }, input }) => readCallDetails(dataSource, viewer.userId, input.id)),
    reportQuality: calls.reportQuality.use(signedIn).handler(async ({ context: { viewer }, input }) => {
      await reportQuality(dataSource, viewer.userId, input);
      return {};
    }),
    iceServers: calls.iceServers
      .use(signedIn)
      .handler(({ context: { viewer }, input }) =>
        readIceServers({ ...parts, config: ice }, viewer.userId, input.callId),
      ),
  };
}
