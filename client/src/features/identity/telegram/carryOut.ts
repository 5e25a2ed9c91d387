import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import type { Language } from '../../../i18n/language.ts';
import type { Api } from '../../../net/api.ts';
import { toFailure } from '../../../net/failure.ts';
import type { StopReason } from './beginReturn.ts';
import type { LoginAim } from './pendingLogin.ts';

/** Another account that the same Telegram user opens. */
export type OtherAccount = Extract<Awaited<ReturnType<Api['telegram']['link']>>, { is: 'taken' }>['other'];

export type Outcome =
  | { is: 'signedIn'; answer: SessionAnswer }
  | { is: 'done'; what: 'linked' | 'merged' | 'unlinked' }
  | { is: 'inviteNeeded'; isWrong: boolean }
  | { is: 'taken'; other: OtherAccount }
  /** First by password: who I am is not fresh enough for it. */
  | { is: 'proofNeeded' }
  | { is: 'stop'; why: StopReason };

export interface Wish {
  aim: LoginAim;
  proof: TelegramProof;
  locale: Language;
  inviteCode?: string;
}

export type TelegramApi = {
  identity: Pick<Api['identity'], 'prove'>;
  telegram: Pick<Api['telegram'], 'signIn' | 'link' | 'unlink' | 'merge'>;
};

/** Does what somebody proved for that they are a Telegram user. Rejects with what may go well when tried again. */
export async function carryOut(api: TelegramApi, wish: Wish): Promise<Outcome> {
  try {
    return await act(api, wish);
  } catch (error) {
    const outcome = failed(toFailure(error).code, wish);
    if (!outcome) throw error;
    return outcome;
  }
}

async function act(api: TelegramApi, { aim, proof, locale, inviteCode }: Wish): Promise<Outcome> {
  switch (aim.kind) {
    case 'signIn': {
      const answer = await api.telegram.signIn({ proof, locale, ...(inviteCode && { inviteCode }) });
      return { is: 'signedIn', answer };
    }
    case 'link': {
      const answer = await api.telegram.link({ proof });
      return answer.is === 'taken' ? { is: 'taken', other: answer.other } : { is: 'done', what: 'linked' };
    }
    case 'merge':
      await api.telegram.merge({ proof, otherId: aim.otherId });
      return { is: 'done', what: 'merged' };
    case 'unlink':
      await api.identity.prove({ telegram: proof });
      await api.telegram.unlink({});
      return { is: 'done', what: 'unlinked' };
    default:
      return aim satisfies never;
  }
}

/** null: neither the person nor Telegram can do anything about it but try again. */
function failed(code: ErrorCode | 'NETWORK', { aim, inviteCode }: Wish): Outcome | null {
  switch (code) {
    case 'INVITE_WRONG':
      return { is: 'inviteNeeded', isWrong: inviteCode !== undefined };
    case 'FRESH_AUTH_NEEDED':
      return { is: 'proofNeeded' };
    case 'TELEGRAM_REFUSED':
      return { is: 'stop', why: 'refused' };
    case 'TELEGRAM_STALE':
      return { is: 'stop', why: 'expired' };
    case 'CONFLICT':
      return { is: 'stop', why: aim.kind === 'merge' ? 'changed' : 'linkedAlready' };
    case 'LAST_WAY_IN':
      return { is: 'stop', why: 'lastWayIn' };
    case 'NOT_FOUND':
      return { is: 'stop', why: 'nothingHere' };
    case 'UNAUTHORIZED':
    case 'SESSION_ENDED':
      return { is: 'stop', why: 'signedOut' };
    default:
      return null;
  }
}
