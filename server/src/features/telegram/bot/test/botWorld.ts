import { expect, vi } from 'vitest';
import type { TelegramUser } from '../../../../test/botAnswer.ts';
import { startBotApi, type TestBotApi } from '../../../../test/botApi.ts';
import type { BotMessage } from '../../../../test/botChats.ts';
import type { TestPerson } from '../../../../test/startServer.ts';
import { type PushWorld, startPushWorld, WAITING } from '../../../notifications/test/pushWorld.ts';

export type BotWorld = PushWorld & {
  bot: TestBotApi;
  /** Anna writes and calls; Boris is linked with Telegram, and the bot may write to him. */
  linkedPair(): Promise<Awaited<ReturnType<PushWorld['pair']>> & { phone: TelegramUser }>;
  link(person: TestPerson): Promise<TelegramUser>;
  /** What the account holds of the bot: unknown, open or blocked. */
  botOf(phone: TelegramUser): Promise<string | undefined>;
  /** Waits until somebody sees so many messages of the bot, and answers them. */
  seen(phone: TelegramUser, count: number): Promise<BotMessage[]>;
};

/** A server with a bot at a Bot API on loopback, and with pushes. */
export async function startBotWorld(env: Record<string, string> = {}): Promise<BotWorld> {
  const bot = await startBotApi();
  const world = await startPushWorld({ ...bot.env, ...env });
  let phones = 0;
  const link: BotWorld['link'] = async (person) => {
    phones += 1;
    const id = 5_000_000_000 + phones;
    const phone = { id, is_bot: false, first_name: person.me.person.name, language_code: 'en' };
    await world.query(
      `INSERT INTO telegram_identities (telegram_id, user_id, name, bot) VALUES ($1, $2, $3, 'open')`,
      [id, person.id, phone.first_name],
    );
    return phone;
  };
  return {
    ...world,
    bot,
    link,
    async linkedPair() {
      const pair = await world.pair();
      return { ...pair, phone: await link(pair.boris) };
    },
    async botOf({ id }) {
      const [row] = await world.query('SELECT bot FROM telegram_identities WHERE telegram_id = $1', [id]);
      return row?.bot;
    },
    async seen(phone, count) {
      await vi.waitFor(async () => expect(bot.chat(phone.id)).toHaveLength(count), WAITING);
      return bot.chat(phone.id);
    },
    async stop() {
      await world.stop();
      await bot.stop();
    },
  };
}
