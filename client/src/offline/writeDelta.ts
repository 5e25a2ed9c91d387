import { applyHistory } from '@ahoy/shared/domain/applyDelta.ts';
import type { Message, Person } from '@ahoy/shared/protocol/entities.ts';
import type { CopyTransaction } from './copy.ts';

/** Stores a page of history; false when it was read before the copy last started over (rule 9). */
export async function writeHistory(
  tx: CopyTransaction,
  chatId: string,
  page: { messages: Message[]; people: Person[]; readAt: number },
): Promise<boolean> {
  const head = await tx.head(chatId);
  if (!head) return false;
  const versions = new Map<string, number>();
  for (const { id } of page.messages) {
    const held = await tx.message(id);
    if (held) versions.set(id, held.version);
  }
  const change = applyHistory({ head, versions }, page);
  if (!change) return false;
  await tx.putMessages(change.messages);
  return true;
}
