import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import { fail } from '../fail.ts';
import { os } from '../procedures.ts';
import { findAccountOf } from './accounts.ts';
import { readIdentity } from './identity.ts';
import { createLaunchReader } from './launchData.ts';
import { link, unlink } from './link.ts';
import { beginLogin, createLoginHashes, finishLogin } from './login.ts';
import { merge } from './merge.ts';
import { createOpenId } from './openId.ts';
import type { Telegram, TelegramParts } from './parts.ts';
import { readProof } from './proofs.ts';
import { signIn } from './signIn.ts';
import { createPhotoTaker } from './takePhotos.ts';
import { createTickets } from './tickets.ts';

/** Telegram as a way in, and its bot. Nothing of it is there where no bot is configured. */
export function createTelegram(parts: TelegramParts) {
  const { signedIn, config } = parts;
  const telegram = createParts(parts);
  const here = (): Telegram => {
    if (!telegram) throw fail('NOT_FOUND');
    return telegram;
  };
  return {
    info: () =>
      telegram ? { botUsername: parts.bot?.username() ?? null, hasWebLogin: !!config.login } : null,
    router: {
      signIn: os.telegram.signIn.handler(async ({ input, context }) => {
        const session = await signIn(here(), input, context);
        context.whenAnswered(() => here().photos.take(session.me.person.id));
        return session;
      }),
      beginLogin: os.telegram.beginLogin.handler(({ context }) => beginLogin(here(), context)),
      finishLogin: os.telegram.finishLogin.handler(({ input, context }) =>
        finishLogin(here(), input, context),
      ),
      identity: os.telegram.identity
        .use(signedIn)
        .handler(({ context: { viewer } }) => readIdentity(here(), viewer)),
      link: os.telegram.link
        .use(signedIn)
        .handler(({ input, context }) => link(here(), context.viewer, input.proof, context)),
      unlink: os.telegram.unlink.use(signedIn).handler(async ({ context: { viewer } }) => {
        await unlink(here(), viewer);
        return {};
      }),
      merge: os.telegram.merge.use(signedIn).handler(async ({ input, context }) => {
        await merge(here(), context.viewer, input, context);
        return {};
      }),
    },
    /** The account that whoever holds this proof opens. */
    accountOf: async (proof: TelegramProof): Promise<string | undefined> =>
      telegram && findAccountOf(parts.dataSource.manager, (await readProof(telegram, proof)).telegramId),
    close: async () => telegram?.photos.close(),
  };
}

function createParts({ signedIn, deriveKey, ...parts }: TelegramParts): Telegram | undefined {
  const { config, clock, log } = parts;
  const { botId, login } = config;
  if (botId === undefined) return undefined;
  const redirectUri = () => `${config.publicUrl()}/telegram`;
  return {
    ...parts,
    readLaunch: createLaunchReader({ ...config, botId }, clock),
    tickets: createTickets(deriveKey('telegram ticket'), clock),
    loginHashes: createLoginHashes(deriveKey('telegram login')),
    photos: createPhotoTaker(parts),
    openId: login && createOpenId({ ...login, clientId: String(botId), redirectUri }, log),
  };
}
