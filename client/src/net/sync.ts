import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { Copy, CopyReader } from '../offline/copy.ts';
import { hear, writeAccountDelta, writeChatDelta, writePeople } from '../offline/writeDelta.ts';
import type { Api } from './api.ts';
import { createBackoff } from './backoff.ts';
import { toFailure } from './failure.ts';

export type Sync = {
  /** Asks what was missed; while an answer is under way, once more after it. */
  now: () => void;
  /** Asks in a moment if the copy is still behind by then: mostly the live event is on its way. */
  soon: () => void;
  start: () => void;
  stop: () => void;
};

export type SyncOptions = {
  api: Pick<Api, 'sync'>;
  copy: Copy;
  /** After each answer. */
  onWritten: () => void;
  /** Chats whose rows changed, once nothing is missing: telling that before would only slow the catching up. */
  onCaughtUp: (chatIds: readonly string[]) => void;
  /** Chats named in one request. */
  maxChats?: number;
};

type Request = { account: number; asOf: string | null; chats: Record<string, number> };
type Answer = Awaited<ReturnType<Api['sync']['sync']>>;

/** A crash of the server between commit and announcement leaves no other trace (rule 12). */
const PERIOD_MS = 60_000;
const SOON_MS = 1_500;
/** Answers in a row that bring nothing, while we believe to be behind; then the next period tries again. */
const IDLE_ROUNDS = 3;

/** Catching up (rules 10 to 13 of docs/sync.md): one request at a time, until nothing known is missing. */
export function createSync(options: SyncOptions): Sync {
  const { copy } = options;
  const maxChats = options.maxChats ?? LIMITS.syncChats;
  const backoff = createBackoff({ firstMs: 1_000, longestMs: 30_000 });
  let isStarted = false;
  let isRunning = false;
  let isAskedAgain = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let soonTimer: ReturnType<typeof setTimeout> | undefined;
  let period: ReturnType<typeof setInterval> | undefined;

  async function run(): Promise<void> {
    isAskedAgain = true;
    if (isRunning || !isStarted) return;
    isRunning = true;
    clearTimeout(retryTimer);
    try {
      await untilCaughtUp();
      backoff.reset();
    } catch (error) {
      const waitMs = Math.max(backoff.next(), (toFailure(error).retryAfterSeconds ?? 0) * 1_000);
      if (isStarted) retryTimer = setTimeout(() => void run(), waitMs);
    } finally {
      isRunning = false;
    }
  }

  async function untilCaughtUp(): Promise<void> {
    const chatIds = new Set<string>();
    try {
      await askUntilCaughtUp(chatIds);
    } finally {
      if (chatIds.size > 0) options.onCaughtUp([...chatIds]);
    }
  }

  /** `chatIds` gathers the chats whose rows changed. */
  async function askUntilCaughtUp(chatIds: Set<string>): Promise<void> {
    let isFollowUp = false;
    let idleRounds = 0;
    while (isStarted && idleRounds < IDLE_ROUNDS) {
      if (isAskedAgain) isFollowUp = false;
      isAskedAgain = false;
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
      const isBehind = await copy.read(async (tx) => (await behindChats(tx)).length > 0);
      if (!answer.hasMore && !isBehind && !isAskedAgain) return;
    }
  }

  function soon(): void {
    clearTimeout(soonTimer);
    soonTimer = setTimeout(async () => {
      const isBehind = await copy.read(async (tx) => (await behindChats(tx)).length > 0);
      if (isBehind) void run();
    }, SOON_MS);
  }

  return {
    now: () => void run(),
    soon,
    start() {
      if (isStarted) return;
      isStarted = true;
      period = setInterval(() => void run(), PERIOD_MS);
      void run();
    },
    stop() {
      isStarted = false;
      clearInterval(period);
      clearTimeout(retryTimer);
      clearTimeout(soonTimer);
    },
  };
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
