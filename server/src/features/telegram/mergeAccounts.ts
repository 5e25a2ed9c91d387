import type { AccountDelta } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { loadCall, readNow } from '../calls/callStore.ts';
import { applyEvent } from '../calls/changeCall.ts';
import { announceCall, type CallNews } from '../calls/parts.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import { accountChatColumns, presentAccountChat } from '../chats/chat.presenter.ts';
import { namesIn, presentDelta } from '../chats/chatDelta.ts';
import { despiteMerges } from '../contacts/aliases.ts';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import { fail } from '../fail.ts';
import { announceEnded, type EndedSession, endSessions } from '../identity/sessions.ts';
import { type News, tell } from '../rooms/parts.ts';
import { moveBlocks } from './mergeBlocks.ts';
import { archiveDoubles, countOwnAnew, type MovedChat, moveMemberships } from './mergeChats.ts';
import { holdForMerge, type Merging } from './mergePlan.ts';
import { movePhoto, moveRooms, moveSettings, moveTelegram, setAliases } from './mergeRest.ts';

type Parts = { dataSource: DataSource; announcer: Announcer; clock: () => Date };

/** What is to be told once the transaction has committed. */
type Merged = { news: News[]; calls: CallNews[]; ended: EndedSession[] };

/**
 * Makes the other account an alias of the kept one, for good: memberships, blocks, rooms, settings and Telegram follow, a
 * photo where the kept one has none; its sessions end, and nothing that was written is rewritten. All in one transaction, so that after a crash it is done or not.
 * CONFLICT for oneself, for what is an alias already, and where both are linked with Telegram; NOT_FOUND for who is no
 * account.
 */
export async function mergeAccounts(parts: Parts, merging: Merging): Promise<void> {
  if (merging.keptId === merging.otherId) throw fail('CONFLICT');
  const { news, calls, ended } = await despiteMerges(() =>
    transaction(parts.dataSource, (manager) => merge(manager, merging, parts.clock())),
  );
  // Its devices go first: they would take leaving its chats for news.
  announceEnded(parts, ended);
  tell(parts.announcer, news);
  for (const call of calls) announceCall(parts.announcer, call);
}

async function merge(manager: EntityManager, merging: Merging, now: Date): Promise<Merged> {
  const held = await holdForMerge(manager, merging);
  const streams = await readStreams(manager, held.userIds);
  await moveTelegram(manager, merging);
  const moved = await moveMemberships(manager, merging, held.othersChats);
  const blocks = await moveBlocks(manager, merging, held);
  const aliasIds = await setAliases(manager, merging);
  await countOwnAnew(manager, merging, aliasIds);
  await archiveDoubles(manager, merging, held.othersChats);
  await moveRooms(manager, merging);
  await moveSettings(manager, merging);
  const shownAnew = new Set([...aliasIds, ...(await movePhoto(manager, merging))]);
  const ended = await endSessions(manager, merging.otherId, { except: null }, now);
  const calls = await loseDevices(manager, merging.otherId, held.othersChats);
  const news: News[] = [
    ...(await tellChats(manager, merging, moved)),
    ...blocks.chats.map((told) => ({ kind: 'chatChanged' as const, told })),
    ...(await tellStreams(manager, streams, aliasIds)),
    ...blocks.blocked.map((told) => ({ kind: 'blockChanged' as const, told })),
    ...(await peopleByIds(manager, shownAnew))
      .filter((person) => shownAnew.has(person.id))
      .map((person) => ({ kind: 'personChanged' as const, told: { person } })),
  ];
  return { ended, calls, news };
}

/** The other account's devices go out of their calls, as when nobody has heard of them. */
async function loseDevices(manager: EntityManager, otherId: string, chatIds: string[]): Promise<CallNews[]> {
  const running: { id: string; participantIds: string[] }[] = await manager.query(
    `SELECT c.id, array_agg(p.id) "participantIds" FROM call_participants p JOIN calls c ON c.id = p.call_id
     WHERE p.user_id = $1 AND p.left_at IS NULL AND c.phase <> 'ended' AND c.chat_id = ANY($2) GROUP BY c.id ORDER BY c.id`,
    [otherId, chatIds],
  );
  const news: CallNews[] = [];
  for (const { id, participantIds } of running) {
    const call = await loadCall(manager, id);
    const event = { kind: 'lose' as const, participantIds };
    if (call) news.push(await applyEvent(manager, call, event, null, await readNow(manager)));
  }
  return news;
}

/** The live rooms first: what is told of the chats afterwards is heard by the kept account, and not by the other. */
async function tellChats(
  manager: EntityManager,
  { keptId, otherId }: Merging,
  moved: MovedChat[],
): Promise<News[]> {
  const people = await peopleByIds(manager, moved.flatMap(namesIn));
  const byId = new Map(people.map((person) => [person.id, person]));
  return moved.flatMap(({ chat, members, isNewToKept }): News[] => {
    const { id: chatId, epoch } = chat;
    return [
      { kind: 'leftChat', told: { userId: otherId, chatId, epoch } },
      ...(isNewToKept ? [{ kind: 'joinedChat' as const, told: { userId: keptId, chatId, epoch } }] : []),
      { kind: 'chatChanged', told: { delta: presentDelta(chat, { members }, byId), epoch } },
    ];
  });
}

type Stream = { userId: string; version: number };

function readStreams(manager: EntityManager, userIds: string[]): Promise<Stream[]> {
  return manager.query(
    'SELECT id "userId", account_version "version" FROM users WHERE id = ANY($1) ORDER BY id',
    [userIds],
  );
}

/** All that has changed in one's own rows of chats, as one delta for each account that goes on. */
async function tellStreams(manager: EntityManager, before: Stream[], aliasIds: string[]): Promise<News[]> {
  const now = await readStreams(
    manager,
    before.map(({ userId }) => userId),
  );
  const news: News[] = [];
  for (const { userId, version: from } of before) {
    const to = now.find((each) => each.userId === userId)?.version ?? from;
    if (to === from || aliasIds.includes(userId)) continue;
    const rows: AccountChatEntity[] = await manager.query(
      `SELECT ${accountChatColumns('a')} FROM account_chats a WHERE a.user_id = $1 AND a.version > $2 ORDER BY a.version`,
      [userId, from],
    );
    const delta: AccountDelta = { from, to, chats: rows.map(presentAccountChat), settings: null };
    news.push({ kind: 'accountChanged', told: { userId, delta } });
  }
  return news;
}
