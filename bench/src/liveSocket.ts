import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A connected socket, in its rooms. */
export type LiveSocket = { close(): void };

const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
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
  socket.on('message', (data) => {
    const text = data.toString();
    if (text.startsWith('42')) onEvent(text.slice(2));
    else if (text === PING) socket.send(PONG);
    else if (text.startsWith(OPEN)) socket.send(CONNECT + JSON.stringify(auth));
    else if (text.startsWith(CONNECT)) resolve();
    else if (text.startsWith(REFUSED)) reject(new Error(`the socket was refused: ${text}`));
  });
  socket.once('close', () => reject(new Error('the socket closed')));
  socket.once('error', reject);
  await once(socket, 'open');
  await connected;
  return { close: () => socket.terminate() };
}
