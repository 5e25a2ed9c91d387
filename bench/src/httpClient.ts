import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Answer = { status: number; body: string };

/** One kept connection, one request at a time. */
export type HttpClient = {
  post(path: string, accessToken: string, body: string): Promise<Answer>;
  close(): void;
};

const HEAD_END = '\r\n\r\n';

/**
 * HTTP/1.1 with the little that the API needs, because Node's own client costs as much as the server that it would measure.
 * Answers come with a Content-Length or in chunks; a connection that breaks fails its request.
 */
export async function openHttpClient(url: string): Promise<HttpClient> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let received = '';
  const fail = () => waiting?.reject(new Error('the connection ended before the answer'));
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const answer = readAnswer(received);
    if (!answer) return;
    received = '';
    waiting?.resolve(answer);
  });
  socket.once('close', fail).once('error', fail);
  return {
    post(path, accessToken, body) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      waiting = { resolve, reject };
      write(socket, `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${accessToken}`, body);
      return promise;
    },
    close: () => socket.destroy(),
  };
}

function write(socket: Socket, head: string, body: string): void {
  const length = Buffer.byteLength(body);
  socket.write(`${head}\r\ncontent-type: application/json\r\ncontent-length: ${length}${HEAD_END}${body}`);
}

/** Undefined until the whole answer is there. */
function readAnswer(received: string): Answer | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = received.slice(0, headEnd);
  const rest = received.slice(headEnd + HEAD_END.length);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return rest.length < Number(length) ? undefined : { status, body: rest };
  return rest.endsWith('0\r\n\r\n') ? { status, body: rest } : undefined;
}
