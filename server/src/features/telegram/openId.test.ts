import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../log.ts';
import { failureOf } from '../../test/identityWorld.ts';
import { createOpenId, type OpenId } from './openId.ts';

const CHECKS = { state: 'state-of-this-login', nonce: 'nonce-of-this-login', verifier: 'v'.repeat(43) };
const SECRET = 'the secret of the client';
const CLIENT = '7342037359';

let keys: { privateKey: CryptoKey; publicKey: CryptoKey };
let server: Server;
let issuer: string;
let openId: OpenId;
const lines: string[] = [];
/** What the token endpoint answers. */
let answer: () => Promise<{ status?: number; body: object }>;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  server = createServer(async (request, response) => {
    const send = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration') return send(configuration());
    if (request.url === '/jwks') return send({ keys: [jwk] });
    const { status, body } = await answer();
    send(body, status);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const redirectUri = () => 'https://chat.example.org/telegram';
  openId = createOpenId({ issuer, clientId: CLIENT, secret: SECRET, redirectUri }, log);
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
});

function configuration() {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

const seconds = () => Math.floor(Date.now() / 1000);
function claims(changed: JWTPayload = {}): JWTPayload {
  return {
    ...{ iss: issuer, aud: CLIENT, sub: '98765', nonce: CHECKS.nonce, iat: seconds(), exp: seconds() + 60 },
    ...{ id: 279_058_397, name: 'Ann Lee', preferred_username: 'ann_lee' },
    ...changed,
  };
}

const signed = (payload: JWTPayload, key: CryptoKey | Uint8Array = keys.privateKey, alg = 'RS256') =>
  new SignJWT(payload).setProtectedHeader({ alg, kid: 'one' }).sign(key);

function exchange(idToken: () => Promise<string> | string) {
  answer = async () => ({
    body: { access_token: 'access', token_type: 'bearer', id_token: await idToken() },
  });
  return openId.exchange('code-of-this-login', CHECKS);
}

test('a token of the issuer for this very login says who it is', async () => {
  expect(await exchange(() => signed(claims()))).toEqual({
    telegramId: 279_058_397,
    name: 'Ann Lee',
    username: 'ann_lee',
  });
  // Telegram documents the number; a text of it is the same.
  expect(
    await exchange(() => signed(claims({ id: '5', name: undefined, preferred_username: undefined }))),
  ).toEqual({
    telegramId: 5,
    name: 'Telegram',
    username: null,
  });
});

test.each<[string, () => Promise<string> | string]>([
  ['another issuer', () => signed(claims({ iss: 'https://oauth.example.org' }))],
  ['another audience', () => signed(claims({ aud: '1' }))],
  ['another audience beside ours', () => signed(claims({ aud: [CLIENT, '1'] }))],
  ['another nonce', () => signed(claims({ nonce: 'another' }))],
  ['no nonce', () => signed(claims({ nonce: undefined }))],
  ['a time that is over', () => signed(claims({ iat: seconds() - 600, exp: seconds() - 300 }))],
  ['another key', async () => signed(claims(), (await generateKeyPair('RS256')).privateKey)],
  ['the client secret for a key', () => signed(claims(), Buffer.from(SECRET.padEnd(32)), 'HS256')],
  ['no signature', () => new UnsecuredJWT(claims()).encode()],
  [
    'a changed text',
    async () =>
      (await signed(claims())).replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify(claims({ id: 1 }))).toString('base64url')}.`,
      ),
  ],
  ['no id, only the subject', () => signed(claims({ id: undefined }))],
  ['an id that is none', () => signed(claims({ id: '-1' }))],
  ['an id beyond all numbers', () => signed(claims({ id: '9999999999999999' }))],
  ['nothing of a token', () => 'x'],
])('a token with %s is refused', async (_what, idToken) => {
  expect(await failureOf(exchange(idToken))).toEqual({ code: 'TELEGRAM_REFUSED' });
});

test.each([
  [400, { error: 'invalid_grant', error_description: 'code-of-this-login' }],
  [401, { error: 'invalid_client' }],
  [200, { access_token: 'access', token_type: 'bearer' }],
  [200, {}],
  [500, {}],
])('an answer of %i with %j signs nobody in', async (status, body) => {
  answer = async () => ({ status, body });
  expect(await failureOf(openId.exchange('code-of-this-login', CHECKS))).toEqual({
    code: 'TELEGRAM_REFUSED',
  });
});

test('the log says why a login failed, and nothing of the person or of what signs in', () => {
  const log = lines.join('\n');
  expect(log).toContain('invalid_client');
  for (const secret of [
    'code-of-this-login',
    CHECKS.nonce,
    CHECKS.verifier,
    SECRET,
    'Ann Lee',
    '279058397',
    'eyJ',
  ])
    expect(log).not.toContain(secret);
});

test.each([
  ['of another issuer', () => ({ issuer: 'https://oauth.example.org' })],
  ['without keys', () => ({ jwks_uri: undefined })],
])('a discovery document %s signs nobody in', async (_what, changed) => {
  const other = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...configuration(), issuer: place(), ...changed() }));
  });
  const place = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  answer = async () => ({
    body: { access_token: 'a', token_type: 'bearer', id_token: await signed(claims({ iss: place() })) },
  });
  const config = {
    issuer: place(),
    clientId: CLIENT,
    secret: SECRET,
    redirectUri: () => `${place()}/telegram`,
  };
  const answered = failureOf(createOpenId(config, createLog('silent')).exchange('code', CHECKS));
  expect(await answered).toMatchObject({
    code: expect.stringMatching(/^(SERVICE_UNAVAILABLE|TELEGRAM_REFUSED)$/),
  });
  other.closeAllConnections();
  other.close();
});
