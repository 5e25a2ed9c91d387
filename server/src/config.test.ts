import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment gives working defaults', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: undefined,
    dataDir: resolve('data'),
    databaseUrl: undefined,
    redisUrl: undefined,
    smtpUrl: undefined,
    trustedProxies: [],
    logLevel: 'info',
  });
});

test('an empty value counts as absent, as Compose passes it', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', REGISTRATION_SECRET: '' })).toMatchObject({ port: 3000 });
});

test('values are normalised', () => {
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: 'https://chat.example.org/',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1,loopback',
    SECRET_KEY: 'ab'.repeat(32),
  });
  expect(config.port).toBe(0);
  expect(config.publicUrl).toBe('https://chat.example.org');
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1', 'loopback']);
  expect(config.secretKey).toHaveLength(32);
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['PUBLIC_URL', 'chat.example.org'],
  ['PUBLIC_URL', 'https://example.org/chat'],
  ['DATABASE_URL', 'mysql://localhost/ahoy'],
  ['REDIS_URL', 'localhost:6379'],
  ['SMTP_URL', 'http://localhost'],
  ['MAIL_FROM', 'nobody'],
  ['REGISTRATION_SECRET', 'short'],
  ['TRUSTED_PROXIES', '10.0.0.0/99'],
  ['STUN_URLS', 'http://stun.example.org'],
  ['TURN_URLS', 'turn:a b'],
  ['TURN_SECRET', 'short'],
  ['LONGEST_CALL_MINUTES', '0'],
  ['ROOM_PEOPLE', '1'],
  ['ROOM_PEOPLE', '17'],
  ['TURN_CREDENTIAL_SECONDS', 'an hour'],
  ['VAPID_SUBJECT', 'admin@example.org'],
  ['VAPID_SUBJECT', 'mailto:admin@localhost'],
  ['VAPID_SUBJECT', 'https://localhost'],
  ['VAPID_SUBJECT', 'http://chat.example.org'],
  ['PUSH_HOSTS', 'https://push.example.org'],
  ['PUSH_HOSTS', '*'],
  ['TELEGRAM_BOT_TOKEN', 'token'],
  ['TELEGRAM_BOT_ID', '@bot'],
  ['TELEGRAM_API_URL', 'api.telegram.org'],
  ['TELEGRAM_PUBLIC_KEYS', 'production, abc'],
  ['TELEGRAM_LOGIN_SECRET', 'short'],
  ['TELEGRAM_OIDC_ISSUER', 'oauth.telegram.org'],
  ['TELEGRAM_OIDC_ISSUER', 'http://oauth.telegram.org'],
  ['TELEGRAM_OIDC_ISSUER', 'http://127.0.0.1.example.org'],
  ['TELEGRAM_WEB_ORIGINS', 'https://web.telegram.org/k'],
  ['TELEGRAM_WEB_ORIGINS', '*'],
  ['TELEGRAM_PHOTO_HOSTS', 'https://t.me'],
  ['TELEGRAM_TEST_CA_FILE', './no-such-file.pem'],
  ['TELEGRAM_WEBHOOK', 'yes'],
  ['LOG_LEVEL', 'loud'],
  ['SECRET_KEY', 'c2hvcnQ='],
  ['TERMS_FILE', './no-such-file.md'],
  ['PRIVACY_FILE', '/'],
])('a wrong %s (%s) stops with one line that names it', (name, value) => {
  const attempt = () => readConfig({ [name]: value });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(new RegExp(`^${name} must .*$`));
});

test.each([
  [{}, undefined],
  [{ PUBLIC_URL: 'https://chat.example.org' }, 'https://chat.example.org'],
  [{ PUBLIC_URL: 'http://localhost:3000', MAIL_FROM: 'Ahoy <ahoy@example.org>' }, 'mailto:ahoy@example.org'],
  [{ PUBLIC_URL: 'https://localhost', MAIL_FROM: 'ahoy@localhost' }, undefined],
  [
    { PUBLIC_URL: 'https://chat.example.org', VAPID_SUBJECT: 'mailto:me@example.org' },
    'mailto:me@example.org',
  ],
])('of %o push services are told to write to %s', (env, subject) => {
  expect(readConfig(env).vapidSubject).toBe(subject);
});

test('nothing of Telegram is there without a bot, whatever else is set', () => {
  const { telegram } = readConfig({ TELEGRAM_LOGIN_SECRET: 'long enough', TELEGRAM_WEBHOOK: 'on' });
  expect(telegram).toMatchObject({ token: undefined, botId: undefined, login: undefined, frameOrigins: [] });
});

test('a token names its bot, its login and who may frame the app', () => {
  const token = '7342037359:AAHI2ePj4dOdUqD7yVrsnTjhcXzLQgMmQ0k';
  const env = { TELEGRAM_BOT_TOKEN: token, PUBLIC_URL: 'https://chat.example.org' };
  expect(readConfig(env).telegram).toMatchObject({
    ...{ token, botId: 7_342_037_359, login: undefined, hasWebhook: true },
    apiUrl: 'https://api.telegram.org',
    frameOrigins: ['https://web.telegram.org'],
    photoHosts: expect.arrayContaining(['t.me', '*.telesco.pe']),
    publicKeys: [expect.stringMatching(/^e7bf03a2/)],
  });
  const other = readConfig({
    ...{ TELEGRAM_BOT_ID: '7342037359', TELEGRAM_PUBLIC_KEYS: `test,${'AB'.repeat(32)}` },
    ...{ TELEGRAM_LOGIN_SECRET: 'long enough', TELEGRAM_OIDC_ISSUER: 'http://127.0.0.1:4000' },
  }).telegram;
  expect(other).toMatchObject({ token: undefined, botId: 7_342_037_359, hasWebhook: false });
  expect(other.login).toEqual({ issuer: 'http://127.0.0.1:4000', secret: 'long enough' });
  expect(other.publicKeys).toEqual([expect.stringMatching(/^40055058/), 'ab'.repeat(32)]);
});
