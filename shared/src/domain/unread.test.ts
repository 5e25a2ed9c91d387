import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnread } from './unread.ts';

const account = { readSeq: 2, own: 0, last: 2 };

describe('countUnread', () => {
  it('counts what others wrote above the read position', () => {
    expect(countUnread({ account, lastSeq: 5, ownSeqs: [] })).toBe(3);
  });

  it('does not count own messages, whether the account knows of them or only the copy does', () => {
    expect(countUnread({ account, lastSeq: 5, ownSeqs: [4] })).toBe(2);
    const counted = { readSeq: 2, own: 1, last: 5 };
    expect(countUnread({ account: counted, lastSeq: 5, ownSeqs: [4] })).toBe(2);
  });

  it('is right when the account is ahead of the chat', () => {
    expect(countUnread({ account: { readSeq: 2, own: 1, last: 6 }, lastSeq: 4, ownSeqs: [] })).toBe(3);
  });

  it('goes down at once when reading waits to be sent', () => {
    const input = { account, lastSeq: 5, ownSeqs: [] };
    expect(countUnread({ ...input, pendingReadSeq: 5 })).toBe(0);
    expect(countUnread({ ...input, pendingReadSeq: 1 })).toBe(3);
  });

  it('is the count itself, for any history and any point up to which the account was counted', () => {
    const senders = fc.array(fc.constantFrom('ada', 'bob'), { maxLength: 20 });
    fc.assert(
      fc.property(senders, fc.nat(20), fc.nat(20), fc.nat(20), (written, read, counted, pending) => {
        const messages = written.map((senderId, i) => ({ senderId, seq: i + 1 }));
        const lastSeq = messages.length;
        const readSeq = Math.min(read, lastSeq);
        const last = Math.min(counted, lastSeq);
        const ownSeqs = messages.filter((m) => m.senderId === 'ada').map((m) => m.seq);
        const own = ownSeqs.filter((seq) => seq > readSeq && seq <= last).length;
        const pendingReadSeq = Math.min(pending, lastSeq);
        const shown = { account: { readSeq, own, last }, lastSeq, ownSeqs, pendingReadSeq };
        const from = Math.max(readSeq, pendingReadSeq);
        expect(countUnread(shown)).toBe(messages.filter((m) => m.senderId === 'bob' && m.seq > from).length);
      }),
    );
  });
});
