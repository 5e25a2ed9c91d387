import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Copy, CopyReader } from '../offline/copy.ts';
import { hear, writeAccountDelta, writeChatDelta, writePeople } from '../offline/writeDelta.ts';
import type { Api } from './api.ts';

export type CatchUpOptions = {
  api: Pick<Api, 'sync'>;
  copy: Copy;
  /** Chats named in one request. */
  maxChats?: number | undefined;
  /** False: it ends after the request under way. */
  isWanted: () => boolean;
  /** Set when somebody asks once more meanwhile. */
  wish: { isAskedAgain: boolean };
  /** After each answer. */
  onWritten: () => void;
};

type Request = { account: number; asOf: string | null; chats: Record<string, number> };
type Answer = Awaited<ReturnType<Api['sync']['sync']>>;

/** Answers in a row that bring nothing, while we believe to be behind; then the next period tries again. */
const IDLE_ROUNDS = 3;

/**
 * Asks what was missed until nothing known is missing; rejects where the server cannot be asked. `chatIds` gathers the
 * chats whose rows changed.
 */
export async function catchUp(options: CatchUpOptions, chatIds: Set<string>): Promise<void> {
  const { copy, wish } = options;
  const maxChats = options.maxChats ?? LIMITS.syncChats;
  let isFollowUp = false;
  let idleRounds = 0;
  while (options.isWanted() && idleRounds < IDLE_ROUNDS) {
    if (wish.isAskedAgain) isFollowUp = false;
    wish.isAskedAgain = false;
    const asked = copy.generation();
    const request = await copy.read((tx) => readRequest(tx, isFollowUp, maxChats));
    const answer = await options.api.sync.sync({ ...request, asOf: request.asOf ?? undefined });
    const written = await copy.transaction(async (tx) =>
      asked === (await tx.meta()).generation ? writeSyncAnswer(tx, request, answer) : null,
    );
    if (written === 'emptied' || written === null) continue;
    for (const { chatId } of answer.deltas) chatIds.add(chatId);
    options.onWritten();
    isFollowUp = true;
    idleRounds = answer.account || answer.deltas.length > 0 ? 0 : idleRounds + 1;
    if (!answer.hasMore && !(await isBehind(copy)) && !wish.isAskedAgain) return;
  }
}

/** Whether the copy has heard of more than it holds. */
export function isBehind(copy: Copy): Promise<boolean> {
  return copy.read(async (tx) => (await behindChats(tx)).length > 0);
}

/** Chats known to be behind come first, then the latest active; follow-ups name only those behind (rule 11). */
async function readRequest(tx: CopyReader, isFollowUp: boolean, maxChats: number): Promise<Request> {
  const meta = await tx.meta();
  const behind = await behindChats(tx);
  const recent = isFollowUp ? [] : await tx.recentChatIds(maxChats);
  const chatIds = [...new Set([...behind, ...recent])].slice(0, maxChats);
  const heads = await Promise.all(chatIds.map((chatId) => tx.head(chatId)));
  const chats = Object.fromEntries(chatIds.map((chatId, index) => [chatId, heads[index]?.version ?? 0]));
  return { account: meta.account, asOf: meta.asOf, chats };
}

async function behindChats(tx: CopyReader): Promise<string[]> {
  const heard = [...(await tx.heardOf())];
  const heads = await Promise.all(heard.map(([chatId]) => tx.head(chatId)));
  return heard.flatMap(([chatId, version], index) => ((heads[index]?.version ?? 0) < version ? chatId : []));
}

/** All of an answer in one transaction; a database with another identity empties the copy, but for the outbox. */
async function writeSyncAnswer(
  tx: Parameters<Parameters<Copy['transaction']>[0]>[0],
  request: Request,
  answer: Answer,
): Promise<'written' | 'emptied'> {
  const meta = await tx.meta();
  if (meta.databaseId !== null && meta.databaseId !== answer.databaseId) {
    await tx.clear({ keepsOutbox: true });
    await tx.putMeta({ userId: meta.userId });
    return 'emptied';
  }
  if (answer.account) await writeAccountDelta(tx, answer.account);
  // Each is of another chat, so that none waits for the requests of another.
  await Promise.all(answer.deltas.map((delta) => writeChatDelta(tx, delta)));
  await Promise.all(Object.entries(answer.heads).map(([chatId, version]) => hear(tx, chatId, version)));
  await writePeople(tx, answer.people);
  const isOwnAsOf = meta.asOf === request.asOf;
  await tx.putMeta({ databaseId: answer.databaseId, ...(isOwnAsOf && { asOf: answer.asOf }) });
  return 'written';
}
