import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Log } from '../../log.ts';
import { loadCall, readNow } from './callStore.ts';
import { applyEvent } from './changeCall.ts';
import { announceCall, type CallNews, type CallsParts } from './parts.ts';

const EVERY_MS = 2_000;
const CALLS_PER_ROUND = 100;

export type CallTimers = {
  /** Who was in a call has the usual time to be heard of again: this process was away. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Ends what rings or lasts too long, and takes those out of whom nobody has heard. Any number of processes may do so: each
 * holds the chat of a call while it looks, and passes over those that another holds.
 */
export function createCallTimers(parts: CallsParts & { log: Log }): CallTimers {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isClosed = false;

  function later(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      running = endOverdueCalls(parts)
        .catch((error) => parts.log.error({ err: error }, 'calls were not looked after'))
        .then(later);
    }, EVERY_MS);
  }

  return {
    async start() {
      await parts.dataSource.query('UPDATE call_participants SET seen_at = now() WHERE left_at IS NULL');
      later();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** One round; answers how many calls it changed. */
export async function endOverdueCalls(parts: CallsParts): Promise<number> {
  const overdue = await findOverdue(parts.dataSource);
  let changed = 0;
  for (const { id, chatId } of overdue) {
    const news = await endIfOverdue(parts.dataSource, id, chatId);
    if (!news) continue;
    changed += 1;
    announceCall(parts.announcer, news);
  }
  return changed;
}

const IS_SILENT = `p.left_at IS NULL AND p.seen_at < now() - interval '${LIMITS.inCallLostSeconds} seconds'`;

function findOverdue(dataSource: DataSource): Promise<{ id: string; chatId: string }[]> {
  return dataSource.query(
    `SELECT c.id, c.chat_id "chatId" FROM calls c
     WHERE c.phase <> 'ended' AND (
       c.ends_by <= now()
       OR (c.rings_until <= now()
         AND EXISTS (SELECT 1 FROM call_invitations i WHERE i.call_id = c.id AND i.state = 'ringing'))
       OR EXISTS (SELECT 1 FROM call_participants p WHERE p.call_id = c.id AND ${IS_SILENT}))
     LIMIT ${CALLS_PER_ROUND}`,
  );
}

function endIfOverdue(dataSource: DataSource, id: string, chatId: string): Promise<CallNews | null> {
  return transaction(dataSource, async (manager) => {
    const [chat] = await manager.query('SELECT 1 FROM chats WHERE id = $1 FOR UPDATE SKIP LOCKED', [chatId]);
    const call = chat && (await loadCall(manager, id));
    if (!call) return null;
    const silent: { id: string }[] = await manager.query(
      `SELECT id FROM call_participants p WHERE p.call_id = $1 AND ${IS_SILENT}`,
      [id],
    );
    const participantIds = silent.map((each) => each.id);
    const news = await applyEvent(
      manager,
      call,
      { kind: 'lose', participantIds },
      null,
      await readNow(manager),
    );
    return news.call.row.version > call.row.version ? news : null;
  });
}
