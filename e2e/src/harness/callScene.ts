import type { BrowserContextOptions } from 'playwright-core';
import { SIGNED_IN_MARKER } from '../../../client/src/net/session.ts';
import {
  type ApiPerson,
  newNetworkAddress,
  openChat,
  type Place,
  registerPerson,
  sendMessage,
} from './apiPerson.ts';
import type { Browsers, Device, DeviceWish } from './openBrowser.ts';

/** Two people in a chat. */
export interface Pair {
  readonly anna: ApiPerson;
  readonly boris: ApiPerson;
  readonly chatId: string;
}

export interface PairWish {
  /** Boris has not answered: addresses are not shown yet. */
  readonly areStrangers?: boolean;
  /** Tells the pairs of a database apart. */
  readonly names?: readonly [string, string];
}

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** Two people who have written to each other, so that they may call and show their addresses. */
export async function seedPair(
  place: Place,
  { areStrangers = false, names = ['Anna Fox', 'Boris Quay'] }: PairWish = {},
): Promise<Pair> {
  const [anna, boris] = await Promise.all([
    registerPerson(place, { name: names[0] }),
    registerPerson(place, { name: names[1] }),
  ]);
  return { anna, boris, chatId: await acquaint(anna, boris, { areStrangers }) };
}

/** The chat of two people: both have written, or, between strangers, the first alone. */
export async function acquaint(
  one: ApiPerson,
  other: ApiPerson,
  { areStrangers = false } = {},
): Promise<string> {
  const chatId = await openChat(one, other);
  await sendMessage(one, chatId, 'May I call?');
  if (!areStrangers) await sendMessage(other, chatId, 'Any time');
  return chatId;
}

/**
 * What a browser holds of a person who signed in here; each is a session, and so a device, of its own. `origin`: where
 * the app is opened, when that is not where the server is.
 */
export async function signedInState(url: string, person: ApiPerson, origin = url): Promise<StorageState> {
  const answer = await fetch(`${url}/api/identity/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': newNetworkAddress() },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  if (!answer.ok) throw new Error(`${person.name} could not sign in: ${answer.status}`);
  const [pair = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  const { hostname, protocol } = new URL(origin);
  return {
    cookies: [
      {
        ...{ name, value, domain: hostname, path: '/', expires: -1 },
        ...{ httpOnly: true, secure: protocol === 'https:', sameSite: 'Strict' },
      },
    ],
    origins: [{ origin, localStorage: [{ name: SIGNED_IN_MARKER, value: person.id }] }],
  };
}

/** Where a person's next device is opened. */
export interface DeviceOf {
  readonly person: ApiPerson;
  /** Of the app; `/chats` by default. */
  readonly path?: string;
  readonly size?: 'desktop' | 'phone';
  readonly wish?: Partial<DeviceWish>;
  /** Where the app is opened, when that is not where the server is. */
  readonly origin?: string;
}

/** One more device of a person, signed in without the form, on a page of the app. */
export async function openDeviceOf(
  place: Pick<Place, 'url'>,
  browsers: Browsers,
  { person, path = '/chats', size = 'desktop', wish, origin = place.url }: DeviceOf,
): Promise<Device> {
  const storageState = await signedInState(place.url, person, origin);
  const device = await browsers[size]({
    ...{ language: 'en', ...wish },
    options: { baseURL: origin, storageState, ...wish?.options },
  });
  await device.page.goto(path);
  return device;
}
