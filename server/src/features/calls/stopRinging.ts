import { transaction } from '../../database/transaction.ts';
import { findChat } from '../chats/chatAccess.ts';
import { findOpenCall, readNow } from './callStore.ts';
import { applyEvent } from './changeCall.ts';
import { announceCall, type CallNews, type CallsParts } from './parts.ts';

/** Declines what rings at this person in a chat, as when they block who calls. Does nothing where nothing rings. */
export async function stopRinging(parts: CallsParts, userId: string, chatId: string): Promise<void> {
  const news = await transaction(parts.dataSource, async (manager): Promise<CallNews | undefined> => {
    await findChat(manager, chatId, { lock: true });
    const call = await findOpenCall(manager, chatId);
    const rings = call?.state.invitations.some((each) => each.userId === userId && each.state === 'ringing');
    if (!call || !rings) return undefined;
    return applyEvent(manager, call, { kind: 'decline', userId }, null, await readNow(manager));
  });
  if (news) announceCall(parts.announcer, news);
}
