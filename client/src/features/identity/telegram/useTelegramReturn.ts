import type { TelegramProof } from '@ahoy/shared/protocol/telegram.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import { languageOf } from '../../../i18n/createI18n.ts';
import { beginReturn, readReturn, type StopReason } from './beginReturn.ts';
import { carryOut, type Outcome } from './carryOut.ts';
import { finishLogin } from './finishLogin.ts';
import { dropLogin, isAim, type LoginAim, readLogin } from './pendingLogin.ts';
import { useLaunchData } from './useLaunchData.ts';

type Stage =
  | Exclude<Outcome, { is: 'signedIn' | 'done' }>
  | { is: 'working' }
  /** May go well when tried again. */
  | { is: 'failed'; error: unknown };

export interface Finish {
  onSignedIn: (next: string | undefined) => void;
  onDone: (what: 'linked' | 'merged' | 'unlinked') => void;
}

/** Somebody came back from Telegram, or is inside it: does what they went there for, and says how far it is. */
export function useTelegramReturn({ onSignedIn, onDone }: Finish) {
  const { api, session } = useServices();
  const { i18n } = useTranslation();
  const launchData = useLaunchData();
  const isStarting = useStoreOf(session.store, ({ status }) => status === 'starting');
  const [came] = useState(() => ({
    returned: readReturn(location.search),
    login: readLogin(localStorage),
    inside: launchData === undefined ? null : aimInHistory(),
  }));
  const [aim, setAim] = useState<LoginAim | null>(came.inside ?? came.login?.aim ?? null);
  const [stage, setStage] = useState<Stage>({ is: 'working' });
  /** As Telegram says. */
  const [name, setName] = useState('');
  const proof = useRef<TelegramProof | null>(null);
  const step = useRef<() => Promise<void>>(begin);
  const isBegun = useRef(false);

  // What Telegram wrote there is in no history and on no picture.
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins once, when it is known who is here
  useEffect(() => {
    if (isStarting || isBegun.current) return;
    isBegun.current = true;
    void run(begin);
  }, [isStarting]);

  async function run(next: () => Promise<void>): Promise<void> {
    step.current = next;
    setStage({ is: 'working' });
    await next().catch((error: unknown) => setStage({ is: 'failed', error }));
  }

  async function begin(): Promise<void> {
    if (launchData !== undefined && came.inside) {
      proof.current = { initData: launchData };
      return run(() => act(came.inside));
    }
    const { me } = session.store.getState();
    const userId = me && me.guestOf === undefined ? me.person.id : null;
    const beginning = beginReturn(came.returned, came.login, { now: Date.now(), userId });
    if (beginning.is === 'stop') return stop(beginning.why);
    if (beginning.is === 'inAlready') return onSignedIn(nextOf(beginning.aim));
    const { code, state, login } = beginning;
    const finished = await finishLogin(api, { code, state, secret: login.secret });
    dropLogin(localStorage);
    if (finished.is === 'stop') return stop(finished.why);
    setName(finished.name);
    proof.current = { ticket: finished.ticket };
    return run(() => act(login.aim));
  }

  async function act(wanted: LoginAim | null, inviteCode?: string): Promise<void> {
    if (!wanted || !proof.current) return stop('nothingHere');
    setAim(wanted);
    const given = { aim: wanted, proof: proof.current, locale: languageOf(i18n) };
    const outcome = await carryOut(api, inviteCode === undefined ? given : { ...given, inviteCode });
    if (outcome.is === 'signedIn') {
      session.signIn(outcome.answer);
      onSignedIn(nextOf(wanted));
    } else if (outcome.is === 'done') onDone(outcome.what);
    else setStage(outcome);
  }

  function stop(why: StopReason): void {
    setStage({ is: 'stop', why });
  }

  return {
    ...{ stage, aim, name },
    /** Also once somebody has proved who they are. */
    repeat: () => void run(step.current),
    giveInvite: (code: string) => void run(() => act(aim, code)),
    merge: (otherId: string) => void run(() => act({ kind: 'merge', otherId })),
  };
}

function nextOf(aim: LoginAim): string | undefined {
  return aim.kind === 'signIn' ? aim.next : undefined;
}

function aimInHistory(): LoginAim | null {
  const state: unknown = history.state;
  const aim = typeof state === 'object' && state !== null && 'aim' in state ? state.aim : null;
  return isAim(aim) ? aim : null;
}
