import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { fail } from '../fail.ts';
import { isConcerned } from './readCalls.ts';

export type IceConfig = {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  /** Shared with coturn (`use-auth-secret`); absent: its servers ask for no credentials. */
  turnSecret?: string;
};

export type IceServers = {
  iceServers: { urls: string[]; username?: string; credential?: string }[];
  expiresInSeconds: number | null;
  isRelayOnly: boolean;
};

/** Longer than any gap between two uses; clients renew in time. */
const CREDENTIAL_SECONDS = 60 * 60;

/**
 * Servers for a call, with TURN credentials that are this person's and end by themselves (draft-uberti-behave-turn-rest).
 * Only for a call that one is in or asked to. Relay only where the two have not written to each other yet: then neither
 * learns the other's address. Without TURN there is no such choice.
 */
export async function readIceServers(
  parts: { dataSource: DataSource; config: IceConfig; clock: () => Date },
  userId: string,
  callId: string,
): Promise<IceServers> {
  if (!(await isConcerned(parts.dataSource, userId, callId))) throw fail('NOT_FOUND');
  const { stunUrls, turnUrls, turnSecret } = parts.config;
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turnUrls.length === 0) return { iceServers: stun, expiresInSeconds: null, isRelayOnly: false };
  const turn = { urls: [...turnUrls], ...(turnSecret && signCredentials(turnSecret, userId, parts.clock())) };
  return {
    iceServers: [...stun, turn],
    expiresInSeconds: turnSecret ? CREDENTIAL_SECONDS : null,
    isRelayOnly: !(await haveWritten(parts.dataSource, callId)),
  };
}

export function signCredentials(secret: string, userId: string, now: Date) {
  const username = `${Math.floor(now.getTime() / 1000) + CREDENTIAL_SECONDS}:${userId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { username, credential };
}

/** Whether everyone in the call's chat has written there. */
async function haveWritten(dataSource: DataSource, callId: string): Promise<boolean> {
  const [row]: { isSo: boolean }[] = await dataSource.query(
    `SELECT bool_and(EXISTS (
       SELECT 1 FROM messages t WHERE t.chat_id = m.chat_id AND t.sender_id = m.user_id AND t.kind = 'text')) "isSo"
     FROM calls c JOIN members m ON m.chat_id = c.chat_id AND m.is_in WHERE c.id = $1`,
    [callId],
  );
  return row?.isSo ?? false;
}
