/** What became of a piece of the bot's work. `limited`: Telegram asked for patience. */
export type BotOutcome = 'sent' | 'edited' | 'removed' | 'blocked' | 'limited' | 'failed';

/** Messages of one chat that somebody is to be told of by the bot. */
export type BotNews = { userId: string; telegramId: number; chatId: string; firstSeq: number; seq: number };

export type BotRing = { userId: string; telegramId: number; callId: string; chatId: string };

/** How people are told by Telegram's bot. It does not decide who is. */
export type BotNotices = {
  /** Returns as soon as it is noted. */
  tell(news: BotNews[]): Promise<void>;
  /** Shows a call that rings, or waits for what becomes of it; answers whether something is shown. */
  ring(ring: BotRing): Promise<boolean>;
  /** A call rings no more at somebody. */
  over(callId: string): Promise<void>;
  queued(): number;
  /** Nothing is begun any more; what is under way ends. */
  close(): Promise<void>;
};
