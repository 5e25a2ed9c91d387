import { lazyScreen } from './lazyScreen.tsx';

/** The app behind the door: who only signs in does not wait for it. */
export const SignedInShell = lazyScreen(async () => (await import('./SignedInShell.tsx')).SignedInShell);

/** For who came by a link: what stands around a room, before it and after it. */
export const LinkedRoom = lazyScreen(async () => (await import('./LinkedRoom.tsx')).LinkedRoom);
export const RoomOver = lazyScreen(async () => (await import('./RoomOver.tsx')).RoomOver);
export const GuestShell = lazyScreen(async () => (await import('./GuestShell.tsx')).GuestShell);

/** What moves Telegram's controls, where the app runs inside it. */
export const InsideTelegram = lazyScreen(async () => (await import('./InsideTelegram.tsx')).InsideTelegram);
