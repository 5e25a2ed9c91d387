import type { AnyContractRouter } from '@orpc/contract';
import type { Copy } from '../offline/copy.ts';
import type { Commands } from '../offline/outbox.ts';
import type { Api } from './api.ts';
import type { Connection } from './connection.ts';
import type { History } from './history.ts';
import type { PresenceBook } from './presence.ts';
import type { ReadonlyStore } from './readonlyStore.ts';
import type { Session } from './session.ts';
import type { TypingBook } from './typing.ts';

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
export function createServices(options: ServicesOptions): Services {
  throw new Error(`not wired yet for ${options.baseUrl}`);
}
