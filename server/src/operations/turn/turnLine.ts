import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeMessage, lengthOfMessage, type StunMessage, transactionIdOf } from './stunMessage.ts';
import { TurnFailure } from './turnFailure.ts';
import type { TurnPlace } from './turnPlace.ts';

/** The way to a TURN server. */
export type TurnLine = {
  /** Sends a request and resolves with its answer; rejects when none comes in time, or the way breaks. */
  ask(request: Buffer): Promise<StunMessage>;
  close(): void;
};

/** How long the connection, and each answer, may take. */
const PATIENCE_MS = 5_000;
const FIRST_REPEAT_MS = 500;

/** Opens the way that the place names. Rejects with what stands in it. */
export function openTurnLine(place: TurnPlace): Promise<TurnLine> {
  return place.transport === 'udp' ? openUdp(place) : openStream(place);
}

async function openUdp({ host, port }: TurnPlace): Promise<TurnLine> {
  const { address, family } = await lookup(host);
  const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4' });
  const asking = createAsking();
  socket.on('message', (message) => {
    if (lengthOfMessage(message) === message.length) asking.answered(decodeMessage(message));
    else asking.failed(new TurnFailure('noTurn'));
  });
  socket.on('error', asking.failed);
  // Connected, so that the system says when nothing listens there.
  await new Promise<void>((resolve) => socket.connect(port, address, resolve));
  return {
    close: () => socket.close(),
    async ask(request) {
      let pauseMs = FIRST_REPEAT_MS;
      let timer: NodeJS.Timeout | undefined;
      // What UDP loses is sent again (RFC 8489, 6.2.1).
      const send = () => {
        socket.send(request);
        timer = setTimeout(send, pauseMs);
        pauseMs *= 2;
      };
      return asking.ask(request, send).finally(() => clearTimeout(timer));
    },
  };
}

async function openStream(place: TurnPlace): Promise<TurnLine> {
  const socket = await connectStream(place);
  const asking = createAsking();
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const length = lengthOfMessage(received);
    if (length === undefined) asking.failed(new TurnFailure('noTurn'));
    if (!length || received.length < length) return;
    asking.answered(decodeMessage(received.subarray(0, length)));
    received = received.subarray(length);
  });
  socket.on('error', asking.failed);
  socket.on('close', () => asking.failed(new TurnFailure('closed')));
  return {
    close: () => socket.destroy(),
    ask: (request) => asking.ask(request, () => socket.write(request)),
  };
}

async function connectStream({ host, port, isSecure }: TurnPlace): Promise<Socket> {
  const socket = isSecure
    ? connectTls({ host, port, servername: isIP(host) ? undefined : host })
    : connect(port, host);
  const opened = Promise.withResolvers<void>();
  const timer = setTimeout(() => opened.reject(new TurnFailure('silent')), PATIENCE_MS);
  socket.once(isSecure ? 'secureConnect' : 'connect', opened.resolve).once('error', opened.reject);
  try {
    await opened.promise;
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Brings answers to the requests they belong to. */
function createAsking() {
  const waiting = new Map<string, PromiseWithResolvers<StunMessage>>();
  let failure: Error | undefined;
  return {
    answered: (answer: StunMessage) => waiting.get(answer.transactionId)?.resolve(answer),
    failed(error: Error) {
      failure ??= error;
      for (const asked of waiting.values()) asked.reject(failure);
    },
    async ask(request: Buffer, send: () => unknown): Promise<StunMessage> {
      if (failure) throw failure;
      const asked = Promise.withResolvers<StunMessage>();
      const id = transactionIdOf(request);
      waiting.set(id, asked);
      const timer = setTimeout(() => asked.reject(new TurnFailure('silent')), PATIENCE_MS);
      send();
      try {
        return await asked.promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
  };
}
