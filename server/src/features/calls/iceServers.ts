import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { fail } from '../fail.ts';
import { haveWritten } from './mayCall.ts';
import { isConcerned } from './readCalls.ts';

export type IceConfig = {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  /** Shared with coturn (`use-auth-secret`); absent: its servers ask for no credentials. */
  turnSecret?: string;
  /** How long credentials can be used. */
  turnCredentialSeconds: number;
};

export type IceServers = {
  iceServers: { urls: string[]; username?: string; credential?: string }[];
  expiresInSeconds: number | null;
  isRelayOnly: boolean;
};

type IceParts = { dataSource: DataSource; config: IceConfig; clock: () => Date };

/**
 * Servers for a call, with TURN credentials that are this person's and end by themselves (draft-uberti-behave-turn-rest).
 * Only for a call that one is in or asked to. Relay only for who always wants it, and where the two have not written to each
 * other yet: what leaves a device then names the relay's address and never its own. One side is enough for one's own
 * address, so each is asked for itself. Without TURN strangers have no such choice; who always wants it has no call.
 */
export async function readIceServers(parts: IceParts, userId: string, callId: string): Promise<IceServers> {
  if (!(await isConcerned(parts.dataSource, userId, callId))) throw fail('NOT_FOUND');
  return iceServersFor(parts, userId, callId);
}

/** The same for somebody who is known to be in the call. */
export async function iceServersFor(parts: IceParts, userId: string, callId: string): Promise<IceServers> {
  const { stunUrls, turnUrls, turnSecret, turnCredentialSeconds: seconds } = parts.config;
  const [{ isAlwaysRelayed } = { isAlwaysRelayed: false }]: { isAlwaysRelayed: boolean }[] =
    await parts.dataSource.query('SELECT is_always_relayed "isAlwaysRelayed" FROM users WHERE id = $1', [
      userId,
    ]);
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turnUrls.length === 0)
    return { iceServers: stun, expiresInSeconds: null, isRelayOnly: isAlwaysRelayed };
  const turn = {
    urls: [...turnUrls],
    ...(turnSecret && signCredentials(turnSecret, userId, parts.clock(), seconds)),
  };
  return {
    iceServers: [...stun, turn],
    expiresInSeconds: turnSecret ? seconds : null,
    isRelayOnly: isAlwaysRelayed || !(await areContacts(parts.dataSource, callId)),
  };
}

/** Credentials that coturn's `use-auth-secret` takes for so many seconds from now. */
export function signCredentials(secret: string, userId: string, now: Date, seconds: number) {
  const username = `${Math.floor(now.getTime() / 1000) + seconds}:${userId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { username, credential };
}

async function areContacts({ manager }: DataSource, callId: string): Promise<boolean> {
  const [call]: { chatId: string }[] = await manager.query(
    'SELECT chat_id "chatId" FROM calls WHERE id = $1',
    [callId],
  );
  return call !== undefined && haveWritten(manager, call.chatId);
}
