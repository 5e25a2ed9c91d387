import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { Telegram, TelegramUser } from './parts.ts';

/** Who holds this proof. Launch data proves it for as long as it may open a session: TELEGRAM_STALE later. */
export async function readProof(
  { readLaunch, tickets }: Pick<Telegram, 'readLaunch' | 'tickets'>,
  proof: TelegramProof,
): Promise<TelegramUser> {
  return 'ticket' in proof
    ? tickets.read(proof.ticket)
    : readLaunch(proof.initData, { mustBeFresh: true }).user;
}
