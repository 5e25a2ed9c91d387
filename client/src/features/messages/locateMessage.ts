/** A loaded page of a chat: its bounds, when its first and last message were written, and the wanted one in it. */
export type Page = {
  fromSeq: number;
  toSeq: number;
  firstTime: number;
  lastTime: number;
  foundSeq: number | null;
};

const HALF_PAGE = 50;
/** The id carries the sender's clock, which may be off: this many pages on either side are looked through. */
const PAGES_AROUND = 4;

/**
 * Finds the seq of a message of which only the id is known, in a chat of any length: by halves, since a UUIDv7
 * (RFC 9562) tells in milliseconds when it was made. null: it is not there.
 */
export async function locateMessage(options: {
  messageId: string;
  lastSeq: number;
  loadPage: (fromSeq: number, toSeq: number) => Promise<Page | null>;
}): Promise<number | null> {
  const { lastSeq, loadPage } = options;
  const time = timeOfId(options.messageId);
  const pageAt = (seq: number) =>
    loadPage(Math.max(1, seq - HALF_PAGE + 1), Math.min(lastSeq, seq + HALF_PAGE));
  let low = 1;
  let high = lastSeq;
  let middle = lastSeq;
  while (low <= high) {
    middle = Math.floor((low + high) / 2);
    const page = await pageAt(middle);
    if (!page) return null;
    if (page.foundSeq !== null) return page.foundSeq;
    if (time < page.firstTime) high = page.fromSeq - 1;
    else if (time > page.lastTime) low = page.toSeq + 1;
    else break;
  }
  for (let step = 1; step <= PAGES_AROUND; step += 1) {
    for (const seq of [middle - step * 2 * HALF_PAGE, middle + step * 2 * HALF_PAGE]) {
      if (seq < 1 - HALF_PAGE || seq > lastSeq + HALF_PAGE) continue;
      const page = await pageAt(Math.min(lastSeq, Math.max(1, seq)));
      if (page && page.foundSeq !== null) return page.foundSeq;
    }
  }
  return null;
}

/** The first 48 bits of a UUIDv7. */
function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
