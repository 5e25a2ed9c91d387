import type { Effort, Figure } from './figures.ts';
import { catchUp } from './offlineCatchUp.ts';
import { openLongChat } from './offlineChat.ts';
import { withDevice } from './offlineDevice.ts';
import { coldStart } from './offlineStart.ts';

const CHATS = 200;
const LONG_CHAT = 20_000;
const MESSAGES = 50_000;
const COLD_STARTS = 9;

/** What the device's copy gives without a network, and how fast it catches up when there is one. */
export function offline({ runs }: Effort): Promise<Figure[]> {
  const isQuick = runs === 1;
  return withDevice(lengthsOfChats(), async (device) => [
    await coldStart(device, isQuick ? 3 : COLD_STARTS),
    ...(await openLongChat(device, runs)),
    ...(await catchUp(device, runs)),
  ]);
}

/** One long chat, and the others alike. */
function lengthsOfChats(): number[] {
  const others = CHATS - 1;
  const rest = MESSAGES - LONG_CHAT;
  const each = Math.floor(rest / others);
  return [LONG_CHAT, ...Array.from({ length: others }, (_, index) => each + (index < rest % others ? 1 : 0))];
}
