import type { WebhookInfo } from 'grammy/types';
import { BotFailure, createBotApi } from './botApi.ts';
import { WEBHOOK_PATH } from './createBot.ts';

export type BotLine = { is: 'ok' | 'failed' | 'note'; what: string };

type Place = { token: string; apiUrl: string; hasWebhook: boolean; publicUrl?: string | undefined };

/** Updates wait a moment only; so many mean that nobody takes them. */
const MANY_PENDING = 20;

/** What stands between an operator and a bot that works, in plain words; nothing is changed. */
export async function checkBot(place: Place): Promise<BotLine[]> {
  const api = createBotApi(place);
  try {
    const me = await api.ask('getMe', (raw) => raw.getMe());
    const info = await api.ask('getWebhookInfo', (raw) => raw.getWebhookInfo());
    return [
      { is: 'ok', what: `the token is that of @${me.username}` },
      ...webhookLines(place, info),
      pendingLine(info),
      appLine(place, me.has_main_web_app),
    ];
  } catch (error) {
    if (!(error instanceof BotFailure)) throw error;
    return [{ is: 'failed', what: wordsOf(error) }];
  }
}

function webhookLines({ hasWebhook, publicUrl }: Place, info: WebhookInfo): BotLine[] {
  if (!hasWebhook) {
    return info.url
      ? [{ is: 'failed', what: 'a webhook is set, but this server would poll: it removes it when it runs' }]
      : [{ is: 'ok', what: 'no webhook is set: the server asks Telegram for updates (long polling)' }];
  }
  const wanted = publicUrl && `${publicUrl}${WEBHOOK_PATH}`;
  if (!wanted) return [{ is: 'failed', what: 'PUBLIC_URL is not set: Telegram can not reach a webhook' }];
  if (!info.url) return [{ is: 'failed', what: 'no webhook is set yet: the server sets it when it runs' }];
  if (info.url !== wanted)
    return [{ is: 'failed', what: `the webhook leads elsewhere, to ${new URL(info.url).origin}` }];
  return [{ is: 'ok', what: `the webhook is set: ${wanted}` }, ...lastErrorLines(info)];
}

function lastErrorLines({
  last_error_date,
  last_error_message,
  pending_update_count,
}: WebhookInfo): BotLine[] {
  if (last_error_date === undefined) return [];
  const at = new Date(last_error_date * 1000).toISOString();
  const what = `Telegram last failed to reach it at ${at}: ${last_error_message ?? 'it does not say why'}`;
  // What was delivered since shows that it was mended.
  return [{ is: pending_update_count > 0 ? 'failed' : 'note', what }];
}

function pendingLine({ pending_update_count: count }: WebhookInfo): BotLine {
  if (count < MANY_PENDING) return { is: 'ok', what: `${count} updates wait` };
  return { is: 'failed', what: `${count} updates wait: nobody takes them` };
}

function appLine({ publicUrl }: Place, hasMainApp: boolean): BotLine {
  if (!publicUrl) return { is: 'failed', what: 'PUBLIC_URL is not set: the buttons of the bot lead nowhere' };
  if (!publicUrl.startsWith('https:'))
    return { is: 'failed', what: `the Mini App is ${publicUrl}/, but Telegram opens https addresses only` };
  const hint = hasMainApp ? '' : '; set it as the main Mini App in BotFather for links with ?startapp=';
  return { is: 'ok', what: `the Mini App is ${publicUrl}/${hint}` };
}

function wordsOf({ status, message }: BotFailure): string {
  if (status === 401 || status === 404)
    return 'Telegram does not know this token: copy TELEGRAM_BOT_TOKEN from BotFather again';
  if (status === 0) return `TELEGRAM_API_URL does not answer (${message})`;
  return `Telegram refuses: ${message}`;
}
