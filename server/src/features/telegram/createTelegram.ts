import { fail } from '../fail.ts';
import { os } from '../procedures.ts';
import type { TelegramParts } from './parts.ts';

/** Telegram as a way in, and its bot. Nothing of it is there where no bot is configured. */
export function createTelegram({ signedIn, config, bot }: TelegramParts) {
  const absent = (): never => {
    throw fail('NOT_FOUND');
  };
  return {
    info: () =>
      config.botId === undefined
        ? null
        : { botUsername: bot?.username() ?? null, hasWebLogin: !!config.login },
    router: {
      signIn: os.telegram.signIn.handler(absent),
      beginLogin: os.telegram.beginLogin.handler(absent),
      finishLogin: os.telegram.finishLogin.handler(absent),
      identity: os.telegram.identity.use(signedIn).handler(absent),
      link: os.telegram.link.use(signedIn).handler(absent),
      unlink: os.telegram.unlink.use(signedIn).handler(absent),
      merge: os.telegram.merge.use(signedIn).handler(absent),
    },
  };
}
