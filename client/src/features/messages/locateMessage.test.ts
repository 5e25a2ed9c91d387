import { describe, expect, it } from 'vitest';
import { locateMessage, type Page } from './locateMessage.ts';

const LAST = 20_000;
const timeOf = (seq: number) => 1_700_000_000_000 + seq * 1_000;
const idAt = (time: number) => {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

async function locate(
  wantedSeq: number | null,
  idTime: number,
): Promise<{ seq: number | null; pages: number }> {
  let pages = 0;
  const loadPage = async (fromSeq: number, toSeq: number): Promise<Page> => {
    pages += 1;
    const isHere = wantedSeq !== null && wantedSeq >= fromSeq && wantedSeq <= toSeq;
    return {
      fromSeq,
      toSeq,
      firstTime: timeOf(fromSeq),
      lastTime: timeOf(toSeq),
      foundSeq: isHere ? wantedSeq : null,
    };
  };
  return { seq: await locateMessage({ messageId: idAt(idTime), lastSeq: LAST, loadPage }), pages };
}

describe('finding a message by its id', () => {
  it('needs a handful of pages, wherever it stands', async () => {
    for (const seq of [1, 77, 9_999, 10_000, 19_950, LAST]) {
      const found = await locate(seq, timeOf(seq));
      expect(found.seq).toBe(seq);
      expect(found.pages).toBeLessThan(12);
    }
  });

  it("finds it although its writer's clock was off", async () => {
    expect((await locate(5_000, timeOf(5_250))).seq).toBe(5_000);
    expect((await locate(LAST, timeOf(LAST + 500))).seq).toBe(LAST);
  });

  it('gives up soon when it is not there', async () => {
    const found = await locate(null, timeOf(5_000));
    expect(found.seq).toBeNull();
    expect(found.pages).toBeLessThan(25);
  });
});
