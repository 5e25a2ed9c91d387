import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROTOCOL } from '@ahoy/shared/protocol/version.ts';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { failureOf } from '../../test/identityWorld.ts';
import { createServerRouter } from './server.router.ts';

function apiOf(config: { registrationSecret?: string; turnUrls?: string[]; termsFile?: string }) {
  const router = createServerRouter({
    config: {
      turnUrls: [],
      ...config,
      publicUrl: () => 'https://chat.example.org:8443',
      telegram: () => null,
    },
  });
  return createRouterClient(router, {
    context: {
      requestId: 'test',
      address: '127.0.0.1',
      userAgent: '',
      isSecure: true,
      cookies: {},
      isSessionInMemory: false,
      setCookie: () => undefined,
      whenAnswered: () => undefined,
      keepSessionToken: () => undefined,
      forgetSessionToken: () => undefined,
    },
  });
}

test('the server says where it is and whether it wants an invite code, not which', async () => {
  expect(await apiOf({}).info({})).toMatchObject({
    host: 'chat.example.org:8443',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    isInviteNeeded: false,
    hasRelay: false,
    limits: { messageTextLength: 4096 },
  });
  const closed = await apiOf({ registrationSecret: 'open sesame' }).info({});
  expect(closed.isInviteNeeded).toBe(true);
  expect((await apiOf({ turnUrls: ['turn:relay.example.org'] }).info({})).hasRelay).toBe(true);
  expect(JSON.stringify(closed)).not.toContain('open sesame');
});

test('the built-in pages are there in both languages; others do not exist', async () => {
  const api = apiOf({});
  const page = async (name: 'terms' | 'privacy', locale: 'en' | 'ru') => api.document({ name, locale });
  expect((await page('terms', 'en')).markdown).toMatch(/^# Terms of use/);
  expect((await page('terms', 'ru')).markdown).toMatch(/^# Условия использования/);
  expect((await page('privacy', 'en')).markdown).toMatch(/^# Privacy/);
  expect((await page('privacy', 'ru')).markdown).toMatch(/^# Конфиденциальность/);
  const wrong = { name: '../secret', locale: 'en' } as unknown as { name: 'terms'; locale: 'en' };
  expect(await failureOf(api.document(wrong))).toEqual({ code: 'BAD_REQUEST' });
});

test('a server understands its own clients, and says which is the oldest that it does', async () => {
  const { minClientProtocol } = await apiOf({}).info({});
  expect(minClientProtocol).toBe(PROTOCOL.minClient);
  expect(minClientProtocol).toBeLessThanOrEqual(PROTOCOL.client);
});

test("the operator's page replaces the built-in one, and a change shows without a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-documents-'));
  const termsFile = join(folder, 'terms.md');
  const api = apiOf({ termsFile });
  await writeFile(termsFile, '# House rules');
  expect(await api.document({ name: 'terms', locale: 'ru' })).toEqual({
    markdown: '# House rules',
    isOperators: true,
  });
  await writeFile(termsFile, '# New house rules');
  expect((await api.document({ name: 'terms', locale: 'en' })).markdown).toBe('# New house rules');
  expect((await api.document({ name: 'privacy', locale: 'en' })).isOperators).toBe(false);
  await rm(folder, { recursive: true });
});
