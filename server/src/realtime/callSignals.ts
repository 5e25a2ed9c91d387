import { inCall, type Signal, signal } from '@ahoy/shared/protocol/calls.ts';
import type { SignalError } from '@ahoy/shared/protocol/socket.ts';
import type { DataSource } from 'typeorm';
import type { Announcer } from '../features/announcements.ts';
import { seeInCall } from '../features/calls/seenInCall.ts';
import type { Log } from '../log.ts';
import { userRoom } from './chatRooms.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

/** Less than what cuts a socket, so that there is an answer. */
const SIGNALS_PER_SECOND = 60;
const WINDOW_MS = 1_000;

/** Where a device in a call hears signals; only who is in that call can be there. */
const deviceRoom = (callId: string, participantId: string) => `call:${callId}:${participantId}`;

/** Tells everyone concerned of a call, and lets devices that left hear no more signals. */
export function relayCalls(io: AhoyServer, announcer: Announcer): void {
  announcer.on('callChanged', ({ call, userIds }) => {
    io.to(userIds.map(userRoom)).emit('call', call);
    for (const { id, isPresent } of call.participants)
      if (!isPresent) io.in(deviceRoom(call.id, id)).socketsLeave(deviceRoom(call.id, id));
  });
}

/** Carries signals between devices in a call. The server checks who may, how much and how often, and reads none. */
export function carrySignals(socket: AhoySocket, dataSource: DataSource, log: Log): void {
  const isTooMuch = createWindow();
  let seen: Promise<unknown> = Promise.resolve();

  socket.on('inCall', (sign, answer) => {
    const parsed = inCall.safeParse(sign);
    if (typeof answer !== 'function') return;
    if (!parsed.success) return answer(false);
    const room = deviceRoom(parsed.data.callId, parsed.data.participantId);
    seen = seeInCall(dataSource, socket.data.userId, parsed.data).then(
      async (isIn) => {
        await (isIn ? socket.join(room) : socket.leave(room));
        answer(isIn);
      },
      // Without an answer the device asks again; only a "no" ends its call.
      (error) => log.warn({ err: error }, 'a device in a call was not seen'),
    );
  });

  socket.on('signal', async (sign, answer) => {
    let error = passOn(socket, sign, isTooMuch);
    if (error === 'FORBIDDEN') {
      // Who has just said to be in the call need not wait for the answer.
      await seen;
      error = passOn(socket, sign, isTooMuch);
    }
    if (typeof answer === 'function') answer(error);
  });
}

function passOn(socket: AhoySocket, sign: unknown, isTooMuch: () => boolean): SignalError | null {
  const parsed = signal.safeParse(sign);
  if (!parsed.success) return 'BAD_REQUEST';
  const { callId, from, to }: Signal = parsed.data;
  if (!socket.rooms.has(deviceRoom(callId, from))) return 'FORBIDDEN';
  if (isTooMuch()) return 'TOO_MANY_REQUESTS';
  socket.to(deviceRoom(callId, to)).emit('signal', parsed.data);
  return null;
}

function createWindow(): () => boolean {
  let start = 0;
  let count = 0;
  return () => {
    const now = performance.now();
    if (now - start > WINDOW_MS) [start, count] = [now, 0];
    count += 1;
    return count > SIGNALS_PER_SECOND;
  };
}
