import { createId } from '@ahoy/shared/domain/ids.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { isInvited } from '../identity/inviteCode.ts';
import { answerSession, endOwnSession, insertSession } from '../identity/sessions.ts';
import type { Viewer } from '../procedures.ts';
import { findAccountOf, insertAccount, lockTelegramUser, updateIdentity } from './accounts.ts';
import type { Launch } from './launchData.ts';
import type { Telegram, TelegramUser } from './parts.ts';
import { readProof } from './proofs.ts';
import { findResumed, resume } from './resume.ts';

export type SignInWish = { proof: TelegramProof; inviteCode?: string; locale: 'en' | 'ru' };

const MERGED_RETRY_SECONDS = 1;

/**
 * Signs in as a Telegram user: a known one into their account, a new one into one that is made for them. Launch data opens
 * one session; shown again, it leads back to that one while it lives, and to SESSION_ENDED afterwards.
 */
export async function signIn(
  telegram: Telegram,
  wish: SignInWish,
  context: RequestContext,
): Promise<SessionAnswer> {
  await telegram.limits.telegramByAddress(context.address);
  if ('ticket' in wish.proof) return open(telegram, await readProof(telegram, wish.proof), wish, context);
  const launch = telegram.readLaunch(wish.proof.initData);
  const known = await findResumed(telegram.dataSource.manager, launch);
  if (known) return resume(telegram, launch, known, context);
  if (!launch.isFresh) throw fail('TELEGRAM_STALE');
  return open(telegram, launch.user, wish, context, launch);
}

async function open(
  telegram: Telegram,
  user: TelegramUser,
  wish: SignInWish,
  context: RequestContext,
  launch?: Launch,
): Promise<SessionAnswer> {
  const { dataSource, limits } = telegram;
  const isKnown = await findAccountOf(dataSource.manager, user.telegramId);
  // Makes an account, or tries a code.
  if (!isKnown) await limits.telegramAccountsByAddress(context.address);
  const viewer = await transaction(dataSource, async (manager) => {
    const sessionId = createId();
    // First of all: a second request with the same launch waits here, and then comes back to this session.
    if (launch && !(await noteLaunch(manager, launch, sessionId))) return undefined;
    return openAccount(telegram, manager, user, wish, { sessionId, context });
  });
  if (viewer) {
    await endOwnSession(telegram, context);
    return answerSession(telegram, context, viewer);
  }
  const other = launch && (await findResumed(dataSource.manager, launch));
  if (!launch || !other) throw fail('SESSION_ENDED');
  return resume(telegram, launch, other, context);
}

async function noteLaunch(manager: EntityManager, launch: Launch, sessionId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO telegram_launches (hash, session_id, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING hash`,
    [launch.key, sessionId, launch.expiresAt],
  );
  return rows.length > 0;
}

async function openAccount(
  { config, clock }: Telegram,
  manager: EntityManager,
  user: TelegramUser,
  { inviteCode, locale }: SignInWish,
  { sessionId, context }: { sessionId: string; context: RequestContext },
): Promise<Viewer> {
  const now = clock();
  await lockTelegramUser(manager, user.telegramId);
  const known = await findAccountOf(manager, user.telegramId);
  if (known) await updateIdentity(manager, user);
  else if (!isInvited(config.registrationSecret, inviteCode)) throw fail('INVITE_WRONG');
  const userId = known ?? (await insertAccount(manager, user, locale, now));
  const viewer = await insertSession(manager, { userId, sessionId }, context, now);
  // It was merged into another one at this moment, which a second try finds.
  if (!viewer) throw fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: MERGED_RETRY_SECONDS });
  return viewer;
}
