import { randomBytes, randomInt } from 'node:crypto';
import { createId, directChatId } from '@ahoy/shared/domain/ids.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { type Api, createApi } from '../../../client/src/net/api.ts';
import type { Letters } from './letters.ts';

/** Where people are made: a server and the mail server that it writes to. */
export interface Place {
  readonly url: string;
  readonly letters: Letters;
}

export interface PersonWish {
  readonly name: string;
  /** Without the @; tests that share a database leave it to chance. */
  readonly username?: string;
  readonly locale?: 'en' | 'ru';
}

/** Someone with a confirmed account, seen from outside of any browser. */
export interface ApiPerson {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly api: Api;
  readonly accessToken: string;
}

/** What the list of devices makes "Firefox, macOS" of. */
const USER_AGENT = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0';

export const PASSWORD = 'correct horse battery';

/** A client of the API without cookies, that comes from an address of its own. */
export function createApiClient(url: string, getAccessToken: () => string | null = () => null): Api {
  const address = newNetworkAddress();
  return createApi({
    contract,
    baseUrl: url,
    getAccessToken: async () => getAccessToken(),
    onUnauthorized: async () => null,
    fetch(request) {
      request.headers.set('x-forwarded-for', address);
      request.headers.set('user-agent', USER_AGENT);
      return fetch(request);
    },
  });
}

/** Where someone comes from, as the servers of tests believe it: limits count by it. */
export function newNetworkAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** An address that no other person of the run has. */
export function newAddress(name: string): string {
  const box = name.toLowerCase().replaceAll(/[^a-z]/g, '') || 'person';
  return `${box}.${randomBytes(5).toString('hex')}@example.org`;
}

/** A @username that no other person of the run has. */
export function newUsername(prefix: string): string {
  return `${prefix}_${randomBytes(4).toString('hex')}`;
}

/** Registers and confirms by the letter's code, as the app does. */
export async function registerPerson(place: Place, wish: PersonWish): Promise<ApiPerson> {
  const email = newAddress(wish.name);
  const username = wish.username ?? newUsername('someone');
  let session: SessionAnswer | null = null;
  const api = createApiClient(place.url, () => session?.accessToken ?? null);
  const { challengeId, secret } = await api.identity.register({
    ...{ email, name: wish.name, password: PASSWORD, locale: wish.locale ?? 'en' },
  });
  const { code } = await place.letters.next(email);
  ({ session } = await api.identity.confirm({ challengeId, secret, code }));
  if (!session) throw new Error('The code did not sign in');
  await api.identity.updateMe({ username });
  const { accessToken, me } = session;
  return { id: me.person.id, name: wish.name, username, email, password: PASSWORD, api, accessToken };
}

/** Opens the chat of two people; resolves with its id. */
export async function openChat(one: ApiPerson, other: ApiPerson): Promise<string> {
  await one.api.chats.openDirect({ personId: other.id });
  return directChatId(one.id, other.id);
}

/** Sends a message; resolves with its id. */
export async function sendMessage(
  from: ApiPerson,
  chatId: string,
  text: string,
  replyToId: string | null = null,
): Promise<string> {
  const id = createId();
  await from.api.messages.send({ id, chatId, text, replyToId });
  return id;
}
