import { describe, expect, it } from 'vitest';
import { id, newId } from '../protocol/fields.ts';
import { createId, directChatId, savedChatId } from './ids.ts';

const ADA = '0190a0a0-0000-7000-8000-00000000000a';
const BOB = '0190a0a0-0000-7000-8000-00000000000b';

describe('ids', () => {
  it('give a pair the same direct chat, whoever opens it', () => {
    expect(directChatId(ADA, BOB)).toBe(directChatId(BOB, ADA));
    expect(id.safeParse(directChatId(ADA, BOB)).success).toBe(true);
  });

  it('keep pairs, and the chat with oneself, apart', () => {
    const ids = [directChatId(ADA, BOB), savedChatId(ADA), savedChatId(BOB)];
    expect(new Set(ids).size).toBe(3);
  });

  it('sort by the time they were made', () => {
    const made = Array.from({ length: 1_000 }, createId);
    expect(made.toSorted()).toEqual(made);
    expect(newId.safeParse(made[0]).success).toBe(true);
  });
});
