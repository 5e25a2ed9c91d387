import type { Copy } from '../offline/copy.ts';
import type { StorageState } from '../offline/deviceCopy.ts';
import type { Commands } from '../offline/outbox.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { Calls } from '../rtc/callSnapshot.ts';
import type { Api } from './api.ts';
import type { Connection } from './connection.ts';
import type { History } from './history.ts';
import type { PhotoBook } from './photos.ts';
import type { PresenceBook } from './presence.ts';
import type { PushDeviceBook } from './pushDevice.ts';
import type { RoomNewsBook } from './roomNews.ts';
import type { Session } from './session.ts';
import type { TelegramPart } from './sessionDoor.ts';
import type { TypingBook } from './typing.ts';

/** The parts of the client that know no React. Made once (`createServices.ts`), handed to the screens. */
export type Services = {
  api: Api;
  session: Session;
  connection: ReadonlyStore<Connection>;
  presence: PresenceBook;
  typing: TypingBook;
  photos: PhotoBook;
  copy: Copy;
  /** Where the copy is kept, and what the browser did to it. */
  storage: ReadonlyStore<StorageState>;
  /** The person has seen that the browser had cleared the copy. */
  acknowledgeLoss: () => void;
  commands: Commands;
  /** Tries at once whatever waits. */
  sendNow: () => void;
  history: History;
  calls: Calls;
  roomNews: RoomNewsBook;
  pushDevice: PushDeviceBook;
  /** Where the app runs inside Telegram: what can be done there, and the door that stands for the sign-in page. */
  telegram: TelegramPart | null;
  /** Tries to sign in by cookie, then keeps connected and in sync until `stop`. */
  start: () => void;
  stop: () => void;
};
