import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { AnyContractRouter } from '@orpc/contract';
import { KEYS } from '../offline/copy.ts';
import { createPersistenceQuestion, makeRoomInTime } from '../offline/keepStorage.ts';
import { openDeviceCopy } from '../offline/openDeviceCopy.ts';
import { createCommands } from '../offline/outbox.ts';
import { claimByLock, createCallMemory } from '../rtc/callMemory.ts';
import { createCalls } from '../rtc/calls.ts';
import type { Telegram } from '../telegram/telegram.ts';
import { type Api, createApi, createRefreshMemory } from './api.ts';
import { requestBackgroundSync } from './backgroundSync.ts';
import { requireMe, titleOf } from './chatTitle.ts';
import { createConnection } from './connection.ts';
import { createDelivered } from './delivered.ts';
import { toFailure } from './failure.ts';
import { createHistory } from './history.ts';
import { createLive } from './live.ts';
import { SENDER_LOCK, withLock } from './locks.ts';
import { noteCalls, noteMessages, openPushDevice } from './openPushDevice.ts';
import { followOwnProfile, recallMe, storeMe } from './ownProfile.ts';
import { listenTo, listenToPage } from './pageEvents.ts';
import { createPhotos } from './photos.ts';
import { createPresence } from './presence.ts';
import { createRoomNews } from './roomNews.ts';
import { createSender } from './sender.ts';
import type { Services } from './services.ts';
import { createSession, type SessionState } from './session.ts';
import { openSessionDoor } from './sessionDoor.ts';
import { askForSession } from './sessionHandOver.ts';
import { openShownNotices } from './shownNotices.ts';
import { createLiveSocket } from './socket.ts';
import { createSync } from './sync.ts';
import { createTyping } from './typing.ts';

export type ServicesOptions = {
  /** Minified: the client loads no schemas. */
  contract: AnyContractRouter;
  /** Origin of the server, without a slash at the end. */
  baseUrl: string;
  /** Where the app runs inside Telegram: the session then lives in memory. */
  telegram?: Telegram | null;
};

/** Makes the parts and ties them together; nothing runs before `start`. */
export function createServices({ contract, baseUrl, telegram = null }: ServicesOptions): Services {
  const memory = telegram ? createRefreshMemory() : undefined;
  const request = (sent: Request) => fetch(sent);
  const api: Api = createApi({
    ...{ contract, baseUrl, memory, fetch: request },
    getAccessToken: () => session.freshToken(),
    onUnauthorized: (refused) => session.refreshAfter(refused),
  });
  /** Asks without a token, and never for one: what gets tokens goes this way. */
  const entrance: Api = createApi({
    ...{ contract, baseUrl, memory, fetch: request },
    getAccessToken: async () => null,
    onUnauthorized: async () => null,
  });
  const copy = openDeviceCopy();
  const door = openSessionDoor({ entrance, telegram, memory });
  const session = createSession({
    ...door.session,
    refresh: () => door.session.refresh().catch(noteUnreached),
    signOut: () => entrance.identity.signOut({}),
    onOnline: (listener) => listenTo('online', listener),
    async recall(userId) {
      await copy.open(userId);
      return recallMe(copy, userId);
    },
  });
  const me = () => session.store.getState().me?.person.id ?? null;
  const pushDevice = openPushDevice(() => api.notifications, window, telegram);

  const connection = createConnection(Date.now);
  const presence = createPresence(connection.store);
  const typing = createTyping({ send: (chatId) => socket.sendTyping(chatId), now: Date.now });
  const delivered = createDelivered({ api, copy, me });
  const sync = createSync({
    api,
    copy,
    onWritten: () => void sender.look(),
    onCaughtUp: (chatIds) => delivered.note(chatIds),
  });
  const sender = createSender({
    ...{ api, copy, me, now: Date.now },
    withLock: (task) => withLock(SENDER_LOCK, task),
    onAnswer: () => sync.soon(),
    isReady,
  });
  const live = createLive({
    copy,
    onGap: () => sync.now(),
    onWritten: (chatIds) => delivered.note(chatIds),
    onMessageOf: typing.stopped,
  });
  const calls = createCalls({
    api: () => api.calls,
    me,
    async loadEngine() {
      const { createCallEngine } = await import('../rtc/createCallEngine.ts');
      return createCallEngine({
        ...{ api: api.calls, line: socket, me: () => requireMe(me()), calls: calls.store },
        keepsCameraOpen: telegram?.asksForDevicesEachTime ?? false,
        nameOf: (chatId) => titleOf(copy, requireMe(me()), chatId),
      });
    },
    memory: createCallMemory(sessionStorage, claimByLock),
    createId,
    now: Date.now,
  });
  const photos = createPhotos({
    ...{ api: () => api, copy },
    createUrl: (jpeg) => URL.createObjectURL(jpeg),
    revokeUrl: (url) => URL.revokeObjectURL(url),
  });
  const roomNews = createRoomNews(calls.hearRoom);
  const shownNotices = openShownNotices(copy, calls.store);
  const socket = createLiveSocket({
    baseUrl,
    getAccessToken: () => session.refreshAfter(null),
    onRefused: (refused) => session.refreshAfter(refused),
    on: {
      ...live,
      ...{ presence: presence.hear, typing: typing.hear, ended: session.end },
      ...{ call: calls.hear, signal: calls.hearSignal, room: roomNews.hear },
      resync() {
        sync.now();
        calls.refresh();
      },
    },
    onConnected() {
      connection.connected();
      sync.now();
      void sender.hurry();
      delivered.retry();
      calls.connected();
      roomNews.connected();
      photos.connected();
      pushDevice.connected();
    },
    onAlive: connection.connected,
    onFailed() {
      connection.failed();
      calls.disconnected();
      for (const book of [presence, typing]) book.forget();
    },
  });

  /** Before there is a socket, the banner goes by these tries. */
  function noteUnreached(error: unknown): never {
    if (toFailure(error).code === 'NETWORK') connection.failed();
    throw error;
  }

  const askForPersistence = createPersistenceQuestion(navigator.storage);
  const outbox = createCommands({ copy, me: () => requireMe(me()), now: Date.now, onWaiting });
  const commands = noteMessages(outbox, pushDevice);
  const history = createHistory({ api: () => api, copy });

  function onWaiting(isWritten: boolean): void {
    void sender.look();
    const userId = me();
    if (!isWritten || userId === null) return;
    void requestBackgroundSync(userId);
    void askForPersistence();
  }

  /** Browsers are wrong about the network now and then: a connection that stands knows better. */
  async function isReady(): Promise<boolean> {
    if (!navigator.onLine && connection.store.getState().state !== 'online') return false;
    return session.freshToken().then(
      (token) => token !== null,
      () => false,
    );
  }

  async function enter(own: Me): Promise<void> {
    // What rings is shown at once, though the socket may take its time.
    calls.refresh('once');
    await copy.open(own.person.id);
    await storeMe(copy, own);
    if (me() !== own.person.id) return;
    // Guests are told nothing while they are away.
    if (own.guestOf === undefined) pushDevice.enter(own.person.id);
    shownNotices.enter(own.person.id);
    sync.start();
    sender.start();
    socket.start();
    await makeRoomInTime(copy, navigator.storage);
  }

  async function reenter(own: Me): Promise<void> {
    socket.stop();
    await storeMe(copy, own);
    if (me() !== own.person.id) return;
    if (own.guestOf === undefined) pushDevice.enter(own.person.id);
    sync.now();
    socket.start();
  }

  /** By own will nothing stays behind; when the server ended the session, what waits is kept for the return. */
  function leave(endedBy: SessionState['endedBy']): void {
    for (const part of [calls, socket, sync, sender, delivered]) part.stop();
    for (const book of [presence, typing, roomNews, photos]) book.forget();
    pushDevice.leave(endedBy);
    shownNotices.leave();
    void copy.leave({ keepsOutbox: endedBy === 'server' });
  }

  function onSession(state: SessionState, previous: SessionState): void {
    const [now, before] = [state.me?.person.id, previous.me?.person.id];
    if (now === before) {
      // A guest has got an account: another session, which may see more.
      if (state.me && state.me.guestOf !== previous.me?.guestOf) void reenter(state.me);
      return;
    }
    if (before !== undefined) leave(now === undefined ? state.endedBy : 'server');
    if (state.me) void enter(state.me);
  }

  function wake(): void {
    socket.probe();
    pushDevice.look();
    shownNotices.look();
    if (session.store.getState().status !== 'signedIn') return;
    sync.now();
    // A socket that slept may have missed that somebody calls.
    calls.refresh('once');
  }

  const stops: (() => void)[] = [];
  return {
    api,
    session,
    connection: connection.store,
    ...{ presence, typing, photos, copy },
    storage: copy.state,
    acknowledgeLoss: copy.acknowledgeLoss,
    commands,
    sendNow: () => void sender.hurry(),
    history,
    calls,
    roomNews,
    pushDevice,
    telegram: door.telegram,
    start() {
      stops.push(
        followOwnProfile(copy, session),
        session.store.subscribe(onSession),
        noteCalls(calls, pushDevice),
        // Where another tab wrote it and is gone since, it is ours to send.
        copy.subscribe((touched) => {
          if (touched.has(KEYS.outbox)) void sender.look();
          // The browser took the copy away, or gave another one: it is filled again at once.
          if (touched.has(KEYS.everything)) sync.now();
        }),
        listenToPage({
          onWake: wake,
          onVisible: (isVisible) => socket.setActive(isVisible),
          onNetwork(isThere) {
            connection.network(isThere);
            if (isThere) wake();
            if (isThere) calls.networkChanged();
          },
        }),
      );
      session.start();
      if (!door.telegram && session.store.getState().status !== 'signedOut') askForSession();
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      for (const part of [session, socket, sync, sender, delivered, pushDevice]) part.stop();
      typing.forget();
    },
  };
}
