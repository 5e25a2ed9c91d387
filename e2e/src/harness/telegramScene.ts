import { startBotApi, type TestBotApi } from '../../../server/src/test/botApi.ts';
import { startOidcProvider, type TestOidc } from '../../../server/src/test/oidcProvider.ts';
import { type Ahoy, startAhoy } from './startAhoy.ts';
import { startTelegramWeb, type TelegramUser, type TelegramWeb } from './telegramWeb.ts';

/** All of Telegram that Ahoy meets: the Bot API, the login on the web, and the web client that frames Mini Apps. */
export interface TelegramScene {
  readonly ahoy: Ahoy;
  readonly bot: TestBotApi;
  readonly login: TestOidc;
  readonly web: TelegramWeb;
  readonly stop: () => Promise<void>;
}

export async function startTelegramScene(): Promise<TelegramScene> {
  const [bot, web] = await Promise.all([startBotApi(), startTelegramWeb()]);
  const login = await startOidcProvider(bot.token.split(':')[0] ?? '', { hasButton: true });
  const ahoy = await startAhoy({
    env: { ...bot.env, ...login.env, TELEGRAM_WEB_ORIGINS: web.origin },
  });
  return {
    ...{ ahoy, bot, login, web },
    async stop() {
      await ahoy.stop();
      await Promise.all([bot.stop(), login.stop(), web.close()]);
    },
  };
}

/** The same person as the Bot API names them. */
export function asBotUser({ id, firstName, lastName, username, language }: TelegramUser) {
  return {
    ...{ id, is_bot: false, first_name: firstName, language_code: language ?? 'en' },
    ...(lastName !== undefined && { last_name: lastName }),
    ...(username !== undefined && { username }),
  };
}
