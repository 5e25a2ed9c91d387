import { lazy } from 'react';

/** The app behind the door: who only signs in does not wait for it. */
export async function loadShell() {
  return { default: (await import('./SignedInShell.tsx')).SignedInShell };
}

export const SignedInShell = lazy(loadShell);

/** For who came by a link: what stands around a room, before it and after it. */
export const LinkedRoom = lazy(async () => ({ default: (await import('./LinkedRoom.tsx')).LinkedRoom }));
export const RoomOver = lazy(async () => ({ default: (await import('./RoomOver.tsx')).RoomOver }));
export const GuestShell = lazy(async () => ({ default: (await import('./GuestShell.tsx')).GuestShell }));

/** What moves Telegram's controls, where the app runs inside it. */
export const InsideTelegram = lazy(async () => ({
  default: (await import('./InsideTelegram.tsx')).InsideTelegram,
}));
