import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../log.ts';
import { startBotApi } from '../../../test/botApi.ts';
import { listen } from '../../../test/listen.ts';
import { BotFailure, createBotApi } from './botApi.ts';

const token = `7000009:${'secret-part-of-a-token'}`;

/** What the log would say of a request that fails. */
async function loggedFailure(apiUrl: string): Promise<{ error: BotFailure; line: string }> {
  const api = createBotApi({ token, apiUrl });
  const error = await api
    .ask('sendMessage', (raw) => raw.sendMessage({ chat_id: 1, text: 'a private word' }))
    .then(
      () => undefined,
      (failure: unknown) => failure,
    );
  if (!(error instanceof BotFailure)) throw new Error('it did not fail as a bot does');
  let line = '';
  createLog('info', {
    write(text) {
      line += text;
    },
  }).warn({ err: error }, 'failed');
  expect(`${line}${error.stack}`).not.toContain('secret-part');
  expect(`${line}${error.stack}`).not.toContain('private word');
  return { error, line };
}

test('no failure tells the token or what was to be said: nobody there, no JSON, or a refusal that repeats it', async () => {
  const nobody = await loggedFailure('http://127.0.0.1:9/');
  expect(nobody.error.status).toBe(0);
  expect(nobody.line).toContain('ECONNREFUSED');
  const page = await listen((_request, response) => response.end('<html>'));
  onTestFinished(() => page.stop());
  expect((await loggedFailure(page.url)).error.status).toBe(0);
  const refusing = await listen((_request, response) =>
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ok: false, error_code: 404, description: `no bot ${token}` })),
  );
  onTestFinished(() => refusing.stop());
  expect((await loggedFailure(refusing.url)).error.description).toBe('no bot <token>');
});

test('Telegram says how long to wait, and who refuses the bot', async () => {
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const api = createBotApi({ token: bot.token, apiUrl: bot.url });
  const send = () => api.ask('sendMessage', (raw) => raw.sendMessage({ chat_id: 5, text: 'x' }));
  bot.fail('sendMessage', { status: 429, retryAfter: 7 });
  await expect(send()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 7, isBlocked: false });
  await bot.block({ id: 5, is_bot: false, first_name: 'Boris' });
  await expect(send()).rejects.toMatchObject({ status: 403, isBlocked: true });
});
