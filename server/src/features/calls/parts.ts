import type { DataSource, EntityManager } from 'typeorm';
import type { Announcements, Announcer } from '../announcements.ts';
import type { Viewer } from '../procedures.ts';
import { presentCall } from './call.presenter.ts';
import type { MessageNews } from './callMessage.ts';
import type { HeldCall } from './callStore.ts';

export type CallsParts = { dataSource: DataSource; announcer: Announcer };

/** A device of someone: `participantId` is its own, kept through reloads. */
export type CallDevice = Viewer & { participantId: string };

/** What a transaction leaves to be told. */
export type CallNews = {
  call: HeldCall;
  now: number;
  message: MessageNews | null;
  /** Of a room: whose place in it the step has changed. */
  members?: Announcements['chatChanged'] | undefined;
  /** Were in a room's call and are not in the room any more: they hear nothing of it. */
  outsiders?: string[] | undefined;
};

/** Tells the chat, and everyone whom the call concerns, on all their devices. */
export function announceCall(
  announcer: Announcer,
  { call, now, message, members, outsiders = [] }: CallNews,
  bySessionId?: string,
): void {
  if (message) {
    announcer.announce('chatChanged', message.chatChanged);
    if (message.accountChanged) announcer.announce('accountChanged', message.accountChanged);
  }
  if (members) announcer.announce('chatChanged', members);
  const { startedBy, invitations, participants } = call.state;
  const concerned = [startedBy, ...[...invitations, ...participants].map(({ userId }) => userId)];
  announcer.announce('callChanged', {
    ...{
      call: presentCall(call, now),
      userIds: [...new Set(concerned)].filter((id) => !outsiders.includes(id)),
    },
    ...(bySessionId && { bySessionId }),
  });
}

/**
 * The open call, other than this one, that someone has a device in. Holds that person until the transaction ends: who goes
 * into two calls at once, through two processes, is found in the first by the second.
 */
export async function findOtherCall(
  manager: EntityManager,
  userId: string,
  callId: string,
): Promise<{ callId: string; participantId: string } | undefined> {
  await manager.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  const [row]: { callId: string; participantId: string }[] = await manager.query(
    `SELECT call_id "callId", id "participantId" FROM call_participants
     WHERE user_id = $1 AND left_at IS NULL AND call_id <> $2 LIMIT 1`,
    [userId, callId],
  );
  return row;
}
