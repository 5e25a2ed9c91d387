import type { AccountChat } from '../protocol/entities.ts';

/**
 * Unread messages of others (rule 24 of docs/sync.md): one subtraction, right also between the chat's stream and the
 * account's, because `own` says up to which seq (`last`) it was counted and later own rows of the copy are added.
 * `pendingReadSeq` is what a waiting read command will set.
 */
export function countUnread(input: {
  account: Pick<AccountChat, 'readSeq' | 'own' | 'last'>;
  lastSeq: number;
  /** Seqs of own messages that the copy holds above `account.readSeq`. */
  ownSeqs: Iterable<number>;
  pendingReadSeq?: number;
}): number {
  const { account } = input;
  const last = Math.max(input.lastSeq, account.last);
  let readSeq = account.readSeq;
  let own = account.own;
  const counted = Math.max(account.last, account.readSeq);
  const isReadPending = input.pendingReadSeq !== undefined && input.pendingReadSeq > account.readSeq;
  for (const seq of input.ownSeqs) {
    if (seq > counted && seq <= last) own += 1;
    if (isReadPending && seq > account.readSeq && seq <= (input.pendingReadSeq ?? 0)) own -= 1;
  }
  if (isReadPending) readSeq = input.pendingReadSeq ?? 0;
  return Math.max(0, last - readSeq - Math.max(0, own));
}
