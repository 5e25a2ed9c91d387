import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { TelegramConfig } from '../../telegramConfig.ts';
import type { Announcer } from '../announcements.ts';
import type { SessionParts } from '../identity/sessions.ts';
import type { SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';

/** What the feature is given. */
export type TelegramParts = SessionParts & {
  dataSource: DataSource;
  announcer: Announcer;
  limits: Limits;
  signedIn: SignedIn;
  deriveKey: (purpose: string) => Buffer;
  log: Log;
  /** Absent: no bot writes. */
  bot?: { username(): string | null } | undefined;
  config: TelegramConfig & { registrationSecret?: string; publicUrl: () => string };
};

/** A Telegram user whose identity is proved. */
export type TelegramUser = {
  telegramId: number;
  name: string;
  username: string | null;
  /** Whether they let the bot write to them; undefined where the proof says nothing of it. */
  allowsWriting?: boolean;
};
