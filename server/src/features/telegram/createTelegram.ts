import { fail } from '../fail.ts';
import { os } from '../procedures.ts';
import { createLaunchReader } from './launchData.ts';
import type { Telegram, TelegramParts } from './parts.ts';
import { signIn } from './signIn.ts';
import { createTickets } from './tickets.ts';

/** Telegram as a way in, and its bot. Nothing of it is there where no bot is configured. */
export function createTelegram(parts: TelegramParts) {
  const { signedIn, config } = parts;
  const telegram = createParts(parts);
  const here = (): Telegram => {
    if (!telegram) throw fail('NOT_FOUND');
    return telegram;
  };
  const absent = (): never => {
    throw fail('NOT_FOUND');
  };
  return {
    info: () => (telegram ? { botUsername: null, hasWebLogin: !!config.login } : null),
    router: {
      signIn: os.telegram.signIn.handler(({ input, context }) => signIn(here(), input, context)),
      beginLogin: os.telegram.beginLogin.handler(absent),
      finishLogin: os.telegram.finishLogin.handler(absent),
      identity: os.telegram.identity.use(signedIn).handler(absent),
      link: os.telegram.link.use(signedIn).handler(absent),
      unlink: os.telegram.unlink.use(signedIn).handler(absent),
      merge: os.telegram.merge.use(signedIn).handler(absent),
    },
  };
}

function createParts({ signedIn, deriveKey, ...parts }: TelegramParts): Telegram | undefined {
  const { config, clock } = parts;
  if (config.botId === undefined) return undefined;
  return {
    ...parts,
    readLaunch: createLaunchReader({ ...config, botId: config.botId }, clock),
    tickets: createTickets(deriveKey('telegram ticket'), clock),
  };
}
