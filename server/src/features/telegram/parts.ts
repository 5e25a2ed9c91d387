import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { TelegramConfig } from '../../telegramConfig.ts';
import type { Announcer } from '../announcements.ts';
import type { SessionParts } from '../identity/sessions.ts';
import type { SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';
import type { createLaunchReader } from './launchData.ts';
import type { LoginHashes } from './login.ts';
import type { OpenId } from './openId.ts';
import type { PhotoTaker } from './takePhotos.ts';
import type { Tickets } from './tickets.ts';

/** What the feature is given. */
export type TelegramParts = SessionParts & {
  dataSource: DataSource;
  announcer: Announcer;
  limits: Limits;
  signedIn: SignedIn;
  deriveKey: (purpose: string) => Buffer;
  log: Log;
  /** Makes the other account an alias of the kept one; absent, no accounts are merged. */
  mergeAccounts?: (ids: { keptId: string; otherId: string }) => Promise<void>;
  /** Absent: no bot writes. */
  bot?: { username(): string | null } | undefined;
  config: TelegramConfig & { registrationSecret?: string; publicUrl: () => string };
};

/** What its commands work with, where a bot is configured. */
export type Telegram = Omit<TelegramParts, 'signedIn' | 'deriveKey'> & {
  readLaunch: ReturnType<typeof createLaunchReader>;
  tickets: Tickets;
  loginHashes: LoginHashes;
  photos: PhotoTaker;
  /** Absent where nobody signs in with Telegram on the web. */
  openId?: OpenId;
};

/** A Telegram user whose identity is proved. */
export type TelegramUser = {
  telegramId: number;
  name: string;
  username: string | null;
  /** Whether they let the bot write to them; undefined where the proof says nothing of it. */
  allowsWriting?: boolean;
  /** Of a photo, where one is shown to this bot. */
  photoUrl?: string;
};
