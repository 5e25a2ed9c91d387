import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBotApi, type TestBotApi } from './test/botApi.ts';

let bot: TestBotApi;

beforeEach(async () => {
  bot = await startBotApi();
});
afterEach(() => bot.stop());

const PUBLIC_URL = 'https://chat.example.org';

/** `npm run telegram-status` with nothing but these variables. */
async function status(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'telegramStatus.ts')], {
    env,
  });
  const { code, stdout, stderr } = await run.then(
    (output) => ({ ...output, code: 0 }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(`${stdout}${stderr}`).not.toContain(bot.token.split(':')[1]);
  return { code, lines: `${stdout}${stderr}`.trimEnd().split('\n') };
}

const setWebhook = (url: string) =>
  fetch(`${bot.url}/bot${bot.token}/setWebhook`, { method: 'POST', body: JSON.stringify({ url }) });

test('without a token it says that there is no bot', async () => {
  expect(await status({ PUBLIC_URL })).toEqual({
    code: 0,
    lines: [expect.stringMatching(/^off .*TELEGRAM_BOT_TOKEN is not set/)],
  });
});

test('a bot that polls says its name, its updates and its page', async () => {
  expect(await status({ ...bot.env, PUBLIC_URL })).toEqual({
    code: 0,
    lines: [
      'ok      the token is that of @ahoy_test_bot',
      'ok      no webhook is set: the server asks Telegram for updates (long polling)',
      'ok      0 updates wait',
      `ok      the Mini App is ${PUBLIC_URL}/`,
    ],
  });
});

test('a webhook says whether it is set, where it leads, and what Telegram last said of it', async () => {
  const env = { ...bot.env, PUBLIC_URL, TELEGRAM_WEBHOOK: 'on' };
  expect((await status(env)).lines[1]).toMatch(/^failed {2}no webhook is set yet/);
  await setWebhook('https://elsewhere.example.org/hook');
  expect((await status(env)).lines[1]).toBe(
    'failed  the webhook leads elsewhere, to https://elsewhere.example.org',
  );
  await setWebhook('http://127.0.0.1:9/telegram/webhook');
  await bot.inject({ message: {} });
  await setWebhook(`${PUBLIC_URL}/telegram/webhook`);
  const { code, lines } = await status(env);
  expect(code).toBe(1);
  expect(lines[1]).toBe(`ok      the webhook is set: ${PUBLIC_URL}/telegram/webhook`);
  expect(lines[2]).toMatch(/^failed {2}Telegram last failed to reach it at .*: Connection refused$/);
});

test('a wrong token, no answer, and a page that Telegram can not open are told apart', async () => {
  const wrong = { ...bot.env, PUBLIC_URL, TELEGRAM_BOT_TOKEN: '7000001:another-token-of-this-length' };
  expect(await status(wrong)).toEqual({
    code: 1,
    lines: [expect.stringMatching(/does not know this token/)],
  });
  const dead = { ...bot.env, PUBLIC_URL, TELEGRAM_API_URL: 'http://127.0.0.1:9' };
  expect(await status(dead)).toEqual({ code: 1, lines: [expect.stringMatching(/does not answer/)] });
  const local = await status({ ...bot.env, PUBLIC_URL: 'http://localhost:3000' });
  expect(local).toMatchObject({ code: 1 });
  expect(local.lines.at(-1)).toMatch(/^failed .*https addresses only/);
  expect((await status({ ...bot.env, TELEGRAM_BOT_TOKEN: 'nonsense' })).lines).toEqual([
    expect.stringMatching(/^TELEGRAM_BOT_TOKEN must/),
  ]);
});
