import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { signCredentials } from './features/calls/iceServers.ts';
import {
  encodeRequest,
  STUN_ATTRIBUTE,
  STUN_METHOD,
  type StunAttribute,
} from './operations/turn/stunMessage.ts';
import { openTurnLine } from './operations/turn/turnLine.ts';
import { parseTurnUrl } from './operations/turn/turnPlace.ts';
import { findFreePort, RELAYS_PER_PERSON, startCoturn, type TestCoturn } from './test/startCoturn.ts';

let coturn: TestCoturn;

beforeAll(async () => {
  coturn = await startCoturn();
});
afterAll(() => coturn?.stop());

/** `npm run turn-check` with nothing but these variables. */
async function check(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'turnCheck.ts')], { env });
  const { code, stdout, stderr } = await run.then(
    (output) => ({ ...output, code: 0 }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, lines: `${stdout}${stderr}`.trimEnd().split('\n') };
}

const turn = (port: number, transport = 'udp') => `turn:127.0.0.1:${port}?transport=${transport}`;
const turns = (port: number) => `turns:127.0.0.1:${port}?transport=tcp`;
const failed = (url: string, why: RegExp) =>
  expect.toSatisfy((line: string) => line.startsWith(`failed  ${url}  `) && why.test(line));

test('a relay by UDP, TCP and TLS is told with its address and time', async () => {
  const TURN_URLS = [turn(coturn.port), `turns:localhost:${coturn.tlsPort}`];
  for (const url of [...TURN_URLS, turn(coturn.port, 'tcp')]) {
    const env = { TURN_URLS: url, TURN_SECRET: coturn.secret, NODE_EXTRA_CA_CERTS: coturn.certificateFile };
    const { code, lines } = await check(env);
    expect(lines).toEqual([
      expect.stringMatching(
        /^ok {6}turns?:\S+ {2}relay 127\.0\.0\.1:\d+ in \d+ ms \(but this address is private/,
      ),
    ]);
    expect(code).toBe(0);
  }
});

test('a wrong or missing secret is told apart from everything else', async () => {
  const url = turn(coturn.port);
  expect(await check({ TURN_URLS: url, TURN_SECRET: 'another secret of 16' })).toEqual({
    code: 1,
    lines: [failed(url, /credentials are refused \(401\); TURN_SECRET/)],
  });
  expect((await check({ TURN_URLS: url })).lines).toEqual([failed(url, /TURN_SECRET is not set/)]);
});

test('what cannot be reached, speaks no TURN or TLS, or has no good certificate says which', async () => {
  const [free, silent, stranger] = [await findFreePort(), await deafPort(), await webPort()];
  const wanted = [
    [turn(free), /nothing listens at .* over UDP/],
    [turn(free, 'tcp'), /nothing listens at .* over TCP/],
    [turn(silent), /no answer .* in time; look at the firewall/],
    [turn(stranger, 'tcp'), /is no TURN server/],
    [turns(stranger), /speaks no TLS/],
    [turns(coturn.tlsPort), /certificate is not trusted.*DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['turn:nowhere.invalid', /name nowhere.invalid is not known/],
    ['turns:127.0.0.1?transport=udp', /no TURN over DTLS/],
  ] as const;
  const TURN_URLS = wanted.map(([url]) => url).join(',');
  const { code, lines } = await check({ TURN_URLS, TURN_SECRET: coturn.secret });
  expect(lines).toEqual(wanted.map(([url, why]) => failed(url, why)));
  expect(code).toBe(1);
});

test('too many relays are told with their code', async () => {
  for (let held = 0; held < RELAYS_PER_PERSON; held += 1) await holdRelay();
  const url = turn(coturn.port);
  const { lines } = await check({ TURN_URLS: url, TURN_SECRET: coturn.secret });
  expect(lines).toEqual([failed(url, /too many relays are in use \(486\)/)]);
});

test('without TURN there is nothing to check, and a wrong variable is named', async () => {
  expect(await check({})).toEqual({ code: 1, lines: [expect.stringContaining('TURN_URLS is not set')] });
  expect((await check({ TURN_URLS: 'relay.example.org' })).lines).toEqual([
    expect.stringMatching(/^TURN_URLS must/),
  ]);
});

/** Takes a relay of those that the quota gives to who checks, until the test is over. */
async function holdRelay(): Promise<void> {
  const line = await openTurnLine(parseTurnUrl(turn(coturn.port, 'tcp')));
  onTestFinished(() => line.close());
  const wish: StunAttribute = [STUN_ATTRIBUTE.requestedTransport, Buffer.from([17, 0, 0, 0])];
  const { attributes } = await line.ask(encodeRequest(STUN_METHOD.allocate, [wish]));
  const [realm, nonce] = [attributes.get(STUN_ATTRIBUTE.realm), attributes.get(STUN_ATTRIBUTE.nonce)];
  if (!realm || !nonce) throw new Error('coturn does not ask for credentials');
  const credentials = signCredentials(coturn.secret, 'turn-check', new Date(), 3600);
  await line.ask(encodeRequest(STUN_METHOD.allocate, [wish], { ...credentials, realm, nonce }));
}

/** Takes what is sent to it, and says nothing. */
async function deafPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  return socket.address().port;
}

/** Something else than TURN. */
async function webPort(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
