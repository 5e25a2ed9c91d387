import { contract } from '@ahoy/shared/protocol/contract.ts';
import { type Api, createApi } from '../../../client/src/net/api.ts';
import { createDelivered } from '../../../client/src/net/delivered.ts';
import { createLive } from '../../../client/src/net/live.ts';
import { createSender } from '../../../client/src/net/sender.ts';
import { createLiveSocket } from '../../../client/src/net/socket.ts';
import { createSync } from '../../../client/src/net/sync.ts';
import type { Copy } from '../../../client/src/offline/copy.ts';
import { createMemoryCopy } from '../../../client/src/offline/memoryCopy.ts';
import { type Commands, createCommands } from '../../../client/src/offline/outbox.ts';
import type { ApiPerson } from './apiPerson.ts';

/** The client's own engine without a browser: copy, outbox, sync and live socket over the real network. */
export interface EngineDevice {
  readonly person: ApiPerson;
  /** Signs in again when its token is refused. */
  readonly api: Api;
  readonly copy: Copy;
  readonly commands: Commands;
  readonly isConnected: () => boolean;
  readonly stop: () => void;
}

/** A device of this person at the origin. `onAcknowledged` hears the id of each message that the server took. */
export function startEngineDevice(
  url: string,
  person: ApiPerson,
  onAcknowledged: (messageId: string) => void,
): EngineDevice {
  let token = person.accessToken;
  let isConnected = false;
  const copy = createMemoryCopy();
  const me = () => person.id;

  /** Long runs outlive a token. */
  async function renew(refused: string): Promise<string> {
    if (refused === token) {
      const { email, password } = person;
      token = (await person.api.identity.signIn({ email, password })).accessToken;
    }
    return token;
  }

  const api = createApi({
    contract,
    baseUrl: url,
    getAccessToken: async () => token,
    onUnauthorized: renew,
    async fetch(request) {
      const isSend = request.method === 'POST' && new URL(request.url).pathname === '/api/messages';
      const response = await fetch(request);
      if (isSend && response.ok) {
        const answer: { messages: { id: string }[] } = await response.clone().json();
        for (const { id } of answer.messages) onAcknowledged(id);
      }
      return response;
    },
  });
  const delivered = createDelivered({ api, copy, me });
  const sync = createSync({
    api,
    copy,
    onWritten: () => void sender.look(),
    onCaughtUp: (chatIds) => delivered.note(chatIds),
  });
  const sender = createSender({
    ...{ api, copy, me, now: Date.now },
    withLock: (task) => task(),
    onAnswer: () => sync.soon(),
  });
  const live = createLive({
    copy,
    onGap: () => sync.now(),
    onWritten: (chatIds) => delivered.note(chatIds),
    onMessageOf: () => undefined,
  });
  const socket = createLiveSocket({
    baseUrl: url,
    getAccessToken: async () => token,
    onRefused: renew,
    on: {
      ...live,
      ...{ presence: () => undefined, typing: () => undefined, resync: sync.now, ended: () => undefined },
      ...{ call: () => undefined, signal: () => undefined, room: () => undefined },
    },
    onConnected() {
      isConnected = true;
      sync.now();
      void sender.hurry();
      delivered.retry();
    },
    onAlive: () => undefined,
    onFailed() {
      isConnected = false;
    },
  });
  const parts = [sync, sender, socket];
  for (const part of parts) part.start();
  return {
    ...{ person, api, copy, isConnected: () => isConnected },
    commands: createCommands({ copy, me, now: Date.now, onWaiting: () => void sender.look() }),
    stop() {
      for (const part of [...parts, delivered]) part.stop();
    },
  };
}
