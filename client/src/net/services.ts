import type { AnyContractRouter } from '@orpc/contract';
import type { Copy } from '../offline/copy.ts';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import { type Commands, createCommands } from '../offline/outbox.ts';
import { type Api, createApi } from './api.ts';
import { type Connection, createConnection } from './connection.ts';
import { createDelivered } from './delivered.ts';
import { toFailure } from './failure.ts';
import { createHistory, type History } from './history.ts';
import { createLive } from './live.ts';
import { claimCopy, followOwnProfile } from './ownProfile.ts';
import { listenToPage } from './pageEvents.ts';
import { createPresence, type PresenceBook } from './presence.ts';
import type { ReadonlyStore } from './readonlyStore.ts';
import { createSender } from './sender.ts';
import { createSession, type Session, SIGNED_IN_MARKER } from './session.ts';
import { createLiveSocket } from './socket.ts';
import { createSync } from './sync.ts';
import { createTyping, type TypingBook } from './typing.ts';

/** The parts of the client that know no React. Made once by the app, handed to the screens. */
export type Services = {
  api: Api;
  session: Session;
  connection: ReadonlyStore<Connection>;
  presence: PresenceBook;
  typing: TypingBook;
  copy: Copy;
  commands: Commands;
  history: History;
  /** Tries to sign in by cookie, then keeps connected and in sync until `stop`. */
  start: () => void;
  stop: () => void;
};

export type ServicesOptions = {
  /** Minified: the client loads no schemas. */
  contract: AnyContractRouter;
  /** Origin of the server, without a slash at the end. */
  baseUrl: string;
};

/** Makes the parts and ties them together; nothing runs before `start`. */
export function createServices({ contract, baseUrl }: ServicesOptions): Services {
  const api: Api = createApi({
    contract,
    baseUrl,
    getAccessToken: () => session.getAccessToken(),
    onUnauthorized: (refused) => session.refreshAfter(refused),
    fetch: (request) => fetch(request),
  });
  const session = createSession({
    refresh: () => api.identity.refresh({}).catch(noteUnreached),
    signOut: () => api.identity.signOut({}),
    withLock,
    storage: localStorage,
    onOnline: (listener) => listenTo('online', listener),
    onSignedInElsewhere: (listener) =>
      listenTo('storage', (event) => {
        if (event.key === SIGNED_IN_MARKER && event.newValue !== null) listener();
      }),
  });
  const me = () => session.store.getState().me?.person.id ?? null;

  const copy = createMemoryCopy();
  const connection = createConnection(Date.now);
  const presence = createPresence();
  const typing = createTyping({ send: (chatId) => socket.sendTyping(chatId), now: Date.now });
  const delivered = createDelivered({ api, copy, me });
  const sync = createSync({
    api,
    copy,
    onWritten(chatIds) {
      delivered.note(chatIds);
      sender.look();
    },
  });
  const sender = createSender({ api, copy, me, onAnswer: () => sync.soon() });
  const live = createLive({
    copy,
    onGap: () => sync.now(),
    onWritten: (chatIds) => delivered.note(chatIds),
    onMessageOf: typing.stopped,
  });
  const socket = createLiveSocket({
    baseUrl,
    getAccessToken: () => session.refreshAfter(null),
    onRefused: (refused) => session.refreshAfter(refused),
    on: { ...live, presence: presence.hear, typing: typing.hear, resync: sync.now, ended: session.end },
    onConnected() {
      connection.connected();
      sync.now();
      sender.hurry();
      delivered.retry();
    },
    onFailed() {
      connection.failed();
      presence.forget();
      typing.forget();
    },
  });

  /** Before there is a socket, the banner goes by these tries. */
  function noteUnreached(error: unknown): never {
    if (toFailure(error).code === 'NETWORK') connection.failed();
    throw error;
  }

  const commands = createCommands({ copy, me: () => requireMe(me()), now: Date.now, onWaiting: sender.look });
  const history = createHistory({ api: () => api, copy });

  async function enter(): Promise<void> {
    const own = session.store.getState().me;
    if (!own) return;
    await claimCopy(copy, own);
    if (me() !== own.person.id) return;
    sync.start();
    sender.start();
    socket.start();
  }

  function leave(): void {
    for (const part of [socket, sync, sender, delivered]) part.stop();
    presence.forget();
    typing.forget();
    void copy.transaction((tx) => tx.clear({ keepsOutbox: false }));
  }

  function wake(): void {
    socket.probe();
    if (session.store.getState().status === 'signedIn') sync.now();
  }

  const stops: (() => void)[] = [];
  return {
    api,
    session,
    connection: connection.store,
    presence,
    typing,
    copy,
    commands,
    history,
    start() {
      stops.push(
        followOwnProfile(copy, session),
        session.store.subscribe(({ status }, previous) => {
          if (status === previous.status) return;
          if (status === 'signedIn') void enter();
          else if (previous.status === 'signedIn') leave();
        }),
        listenToPage({
          onWake: wake,
          onVisible: (isVisible) => socket.setActive(isVisible),
          onNetwork(isThere) {
            connection.network(isThere);
            if (isThere) wake();
          },
        }),
      );
      session.start();
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      for (const part of [session, socket, sync, sender, delivered]) part.stop();
      typing.forget();
    },
  };
}

/** One at a time across tabs; where the browser has no locks (plain http), across this page only. */
function withLock<T>(task: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('ahoy-refresh', task) : task();
}

function listenTo<K extends keyof WindowEventMap>(
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): () => void {
  window.addEventListener(type, listener);
  return () => window.removeEventListener(type, listener);
}

function requireMe(id: string | null): string {
  if (id === null) throw new Error('nobody is signed in');
  return id;
}
