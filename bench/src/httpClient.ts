import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

type Answer = { status: number; body: string; retryAfterSeconds: number };

/** One kept connection, one request at a time. */
export type HttpClient = {
  post(path: string, accessToken: string, body: string): Promise<Answer>;
  /** Until it is answered with 200, waiting as long as a busy server says (429, 503); throws for all else. */
  insist(path: string, accessToken: string, body: string): Promise<void>;
  close(): void;
};

const HEAD_END = '\r\n\r\n';
const BUSY = new Set([429, 503]);

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
  function post(path: string, accessToken: string, body: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting = { resolve, reject };
    write(socket, `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${accessToken}`, body);
    return promise;
  }
  return {
    post,
    async insist(path, accessToken, body) {
      for (;;) {
        const answer = await post(path, accessToken, body);
        if (answer.status === 200) return;
        if (!BUSY.has(answer.status)) throw new Error(`answered ${answer.status}: ${answer.body}`);
        await pause(answer.retryAfterSeconds * 1000);
      }
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
  const answer = {
    status: Number(head.slice(9, 12)),
    body: rest,
    retryAfterSeconds: Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? 1),
  };
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const isWhole = length === undefined ? rest.endsWith('0\r\n\r\n') : rest.length >= Number(length);
  return isWhole ? answer : undefined;
}
