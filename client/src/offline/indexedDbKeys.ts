/** Messages of a chat between two seqs, both inclusive. */
export const seqs = (chatId: string, fromSeq: number, toSeq: number) =>
  IDBKeyRange.bound([chatId, fromSeq], [chatId, toSeq]);

export const allSeqs = (chatId: string) => seqs(chatId, 0, Number.POSITIVE_INFINITY);

/** Messages of a chat by one sender, from this seq on. */
export const seqsOfSender = (chatId: string, senderId: string, fromSeq: number) =>
  IDBKeyRange.bound([chatId, senderId, fromSeq], [chatId, senderId, Number.POSITIVE_INFINITY]);

/** An array sorts behind every string, so this ends after the last user id. */
export const membersOf = (chatId: string) => IDBKeyRange.bound([chatId], [chatId, []]);
