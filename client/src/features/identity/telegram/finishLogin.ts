import type { Api } from '../../../net/api.ts';
import { toFailure } from '../../../net/failure.ts';
import type { StopReason } from './beginReturn.ts';

export type Finished = { is: 'ticket'; ticket: string; name: string } | { is: 'stop'; why: StopReason };

/** Exchanges what Telegram sent the browser back with. Rejects with what may go well when tried again. */
export async function finishLogin(
  api: { telegram: Pick<Api['telegram'], 'finishLogin'> },
  returned: { code: string; state: string; secret: string },
): Promise<Finished> {
  try {
    return { is: 'ticket', ...(await api.telegram.finishLogin(returned)) };
  } catch (error) {
    switch (toFailure(error).code) {
      case 'TELEGRAM_STALE':
        return { is: 'stop', why: 'expired' };
      // What the address says was never written by Telegram.
      case 'BAD_REQUEST':
      case 'TELEGRAM_REFUSED':
        return { is: 'stop', why: 'refused' };
      case 'NOT_FOUND':
        return { is: 'stop', why: 'nothingHere' };
      default:
        throw error;
    }
  }
}
