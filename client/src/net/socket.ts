import type { ClientToServerEvents, ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import { SOCKET } from '@ahoy/shared/protocol/socketLimits.ts';
import type { Socket } from 'socket.io-client';
import type { CallLine } from '../rtc/callLine.ts';
import { createBackoff } from './backoff.ts';

export type LiveSocket = CallLine & {
  start: () => void;
  stop: () => void;
  /** Asks the socket whether it hears; a deaf one is replaced. Without a socket it tries to connect at once. */
  probe: () => void;
  sendTyping: (chatId: string) => void;
  setActive: (isActive: boolean) => void;
};

export type LiveSocketOptions = {
  baseUrl: string;
  /** A token that is good now; null when there is none to be had. */
  getAccessToken: () => Promise<string | null>;
  on: ServerToClientEvents;
  /** Also after each reconnect. The server has joined the rooms by then. */
  onConnected: () => void;
  /** A connection that was in doubt has answered the probe. */
  onAlive: () => void;
  /** A connection is lost, or a try failed. */
  onFailed: () => void;
  /** The server refuses this token. */
  onRefused: (refusedToken: string) => Promise<unknown>;
};

type TypedSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const CONNECT_TIMEOUT_MS = 5_000;
const PROBE_PERIOD_MS = 25_000;
const CALL_ANSWER_TIMEOUT_MS = 3_000;

/** Only who is signed in needs it, and has time for it while the session is renewed; null: not to be had now. */
function loadLibrary(): Promise<typeof import('socket.io-client') | null> {
  return import('socket.io-client').catch((error) => {
    console.debug('Without a network there is nothing to connect with, either.', error);
    return null;
  });
}

/** One live connection at a time, found dead by probing it: phones leave dead sockets open. */
export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const backoff = createBackoff({ firstMs: 500, longestMs: 20_000 });
  let isStarted = false;
  let isActive = true;
  let isProbing = false;
  let socket: TypedSocket | undefined;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let probeTimer: ReturnType<typeof setInterval> | undefined;
  let activeTimer: ReturnType<typeof setInterval> | undefined;
  /** Goes up with each attempt and each end: what belongs to an older one is over. */
  let attempt = 0;

  async function connect(): Promise<void> {
    clearTimeout(reconnectTimer);
    drop();
    attempt += 1;
    const own = attempt;
    const [library, accessToken] = await Promise.all([loadLibrary(), options.getAccessToken()]);
    if (own !== attempt || !isStarted) return;
    if (library === null || accessToken === null) return failed();
    const next: TypedSocket = library.io(options.baseUrl, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      auth: { accessToken },
    });
    socket = next;
    listen(next, own, accessToken);
  }

  function listen(next: TypedSocket, own: number, accessToken: string): void {
    // The transport's own timeout does not cover a server that accepts and then says nothing.
    const tooLong = setTimeout(() => own === attempt && failed(), CONNECT_TIMEOUT_MS);
    const ifOwn = (then: () => void) => () => {
      clearTimeout(tooLong);
      if (own === attempt) then();
    };
    next.on(
      'connect',
      ifOwn(() => {
        backoff.reset();
        next.emit('active', isActive);
        options.onConnected();
      }),
    );
    next.on('disconnect', ifOwn(failed));
    next.on('connect_error', (error) => {
      clearTimeout(tooLong);
      if (own === attempt) void refusedOrFailed(error, accessToken);
    });
    next.on('chat', (delta) => own === attempt && options.on.chat(delta));
    next.on('account', (delta) => own === attempt && options.on.account(delta));
    next.on('people', (people) => own === attempt && options.on.people(people));
    next.on('presence', (presences) => own === attempt && options.on.presence(presences));
    next.on('typing', (typing) => own === attempt && options.on.typing(typing));
    next.on('resync', () => own === attempt && options.on.resync());
    next.on('call', (call) => own === attempt && options.on.call(call));
    next.on('signal', (signal) => own === attempt && options.on.signal(signal));
    next.on('room', (news) => own === attempt && options.on.room(news));
    next.on('ended', () => own === attempt && options.on.ended());
  }

  /** A message that is a code of ours comes from the handshake; all others from the network. */
  async function refusedOrFailed(error: Error, accessToken: string): Promise<void> {
    const isRefused = error.message === 'UNAUTHORIZED' || error.message === 'SESSION_ENDED';
    if (isRefused) await options.onRefused(accessToken);
    failed();
  }

  function failed(): void {
    if (!isStarted) return;
    attempt += 1;
    drop();
    options.onFailed();
    clearTimeout(reconnectTimer);
    reconnectTimer = setTimeout(() => void connect(), backoff.next());
  }

  function drop(): void {
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = undefined;
  }

  function probe(): void {
    if (!isStarted || isProbing) return;
    if (!socket) {
      backoff.reset();
      void connect();
      return;
    }
    if (!socket.connected) return;
    const own = attempt;
    isProbing = true;
    socket.timeout(SOCKET.probeTimeoutMs).emit('probe', (deaf) => {
      isProbing = false;
      if (own !== attempt) return;
      if (deaf) void replace();
      else options.onAlive();
    });
  }

  function replace(): Promise<void> {
    options.onFailed();
    return connect();
  }

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      probeTimer = setInterval(() => {
        if (socket) probe();
      }, PROBE_PERIOD_MS);
      activeTimer = setInterval(() => {
        if (isActive && socket?.connected) socket.volatile.emit('active', true);
      }, SOCKET.activeRepeatMs);
      void connect();
    },
    stop() {
      isStarted = false;
      attempt += 1;
      clearTimeout(reconnectTimer);
      clearInterval(probeTimer);
      clearInterval(activeTimer);
      drop();
    },
    probe,
    sendTyping: (chatId) => {
      if (socket?.connected) socket.volatile.emit('typing', { chatId });
    },
    async sayInCall(sign) {
      if (!socket?.connected) return null;
      const answer = socket.timeout(CALL_ANSWER_TIMEOUT_MS).emitWithAck('inCall', sign);
      return answer.catch(() => null);
    },
    async sendSignal(signal) {
      if (!socket?.connected) return 'NETWORK';
      const answer = socket.timeout(CALL_ANSWER_TIMEOUT_MS).emitWithAck('signal', signal);
      return answer.catch(() => 'NETWORK' as const);
    },
    setActive(next) {
      isActive = next;
      if (socket?.connected) socket.emit('active', next);
    },
  };
}
