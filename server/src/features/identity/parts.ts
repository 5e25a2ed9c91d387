import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { DataSource, EntityManager } from 'typeorm';
import type { Mailer } from '../../mail/mailer.ts';
import type { Announcer } from '../announcements.ts';
import type { SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';
import type { AccessTokens } from './accessTokens.ts';
import type { ChallengeHashes } from './challengeHashes.ts';
import type { Passwords } from './passwords.ts';
import type { RefreshTokens } from './refreshTokens.ts';

/** What the identity feature is given. */
export type IdentityParts = {
  dataSource: DataSource;
  deriveKey: (purpose: string) => Buffer;
  /** The same ones that `createAuthenticate` checks. */
  accessTokens: AccessTokens;
  mailer: Pick<Mailer, 'send'>;
  announcer: Announcer;
  limits: Limits;
  signedIn: SignedIn;
  signedInOrGuest: SignedIn;
  config: {
    /** When set, registering needs it as the invite code. */
    registrationSecret?: string;
    /** The origin that letters link to, without a trailing slash. */
    publicUrl: () => string;
  };
  clock: () => Date;
  /** The account that a Telegram user opens who proves to be one. */
  accountOfTelegram?: (proof: TelegramProof) => Promise<string | undefined>;
  /** Writes into a room that its guest becomes an account; answers what tells of it after the commit. */
  onGuestSignUp?: (manager: EntityManager, chatId: string, userId: string) => Promise<() => void>;
};

/** What its commands work with. */
export type Identity = Omit<IdentityParts, 'deriveKey' | 'signedIn' | 'signedInOrGuest'> & {
  passwords: Passwords;
  refreshTokens: RefreshTokens;
  hashes: ChallengeHashes;
};
