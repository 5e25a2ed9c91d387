import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A connected socket, in its rooms. */
export type LiveSocket = {
  /** Emits an event and resolves with its acknowledgement. */
  ask(event: string, data: unknown): Promise<void>;
  close(): void;
};

const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
const EVENT = '42';
const ACK = '43';
const REFUSED = '44';

/**
 * A Socket.io client (protocol 5 over Engine.IO 4) with the little that a load needs. `onEvent` gets the text of each event,
 * `["chat",{...}]`, which it need not parse.
 */
export async function openLiveSocket(
  url: string,
  auth: object,
  onEvent: (event: string) => void,
): Promise<LiveSocket> {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  const asked: (() => void)[] = [];
  socket.on('message', (data) => {
    const text = data.toString();
    if (text.startsWith(EVENT)) onEvent(text.slice(EVENT.length));
    else if (text.startsWith(ACK)) asked.shift()?.();
    else if (text === PING) socket.send(PONG);
    else if (text.startsWith(OPEN)) socket.send(CONNECT + JSON.stringify(auth));
    else if (text.startsWith(CONNECT)) resolve();
    else if (text.startsWith(REFUSED)) reject(new Error(`the socket was refused: ${text}`));
  });
  socket.once('close', () => reject(new Error('the socket closed')));
  socket.once('error', reject);
  await once(socket, 'open');
  await connected;
  let asks = 0;
  return {
    ask(event, data) {
      socket.send(`${EVENT}${asks}${JSON.stringify([event, data])}`);
      asks += 1;
      return new Promise((answered) => asked.push(answered));
    },
    close: () => socket.terminate(),
  };
}
