import type { Api } from '../net/api.ts';
import { createBackoff } from '../net/backoff.ts';
import type { IceSettings } from './link/transport.ts';

/** Credentials are renewed this long before they end; short lives at half of their time. */
const RENEW_EARLY_SECONDS = 120;

type Answer = Awaited<ReturnType<Api['calls']['iceServers']>>;

export type CallIce = {
  /** Comes with the first answer: before it nobody knows whether one's address may be shown. */
  first: Promise<IceSettings>;
  stop: () => void;
};

/** STUN and TURN servers of a call, with credentials that are renewed before they end. */
export function followIceServers(options: {
  api: Pick<Api['calls'], 'iceServers'>;
  callId: string;
  /** What came with the call itself. */
  known: Answer | undefined;
  onRenewed: (settings: IceSettings) => void;
}): CallIce {
  const backoff = createBackoff({ firstMs: 300, longestMs: 10_000 });
  const first = Promise.withResolvers<IceSettings>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let isRenewal = false;

  async function ask(): Promise<void> {
    const answer = await options.api.iceServers({ callId: options.callId }).catch(() => null);
    if (isStopped) return;
    if (!answer) {
      timer = setTimeout(() => void ask(), backoff.next());
      return;
    }
    backoff.reset();
    take(answer);
  }

  function take(answer: Answer): void {
    const { expiresInSeconds, isRelayOnly } = answer;
    if (expiresInSeconds !== null) timer = setTimeout(() => void ask(), renewalMs(expiresInSeconds));
    const settings = { iceServers: answer.iceServers.map(toRtc), isRelayOnly };
    if (isRenewal) options.onRenewed(settings);
    isRenewal = true;
    first.resolve(settings);
  }

  if (options.known) take(options.known);
  else void ask();
  return {
    first: first.promise,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

function renewalMs(seconds: number): number {
  return Math.max(1, seconds - RENEW_EARLY_SECONDS, seconds / 2) * 1000;
}

function toRtc({ urls, username, credential }: Answer['iceServers'][number]): RTCIceServer {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}
