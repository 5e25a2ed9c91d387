import type { z } from 'zod';
import { BackupError, END_OF_CONTENT, sealSchema } from './format.ts';
import { createSeal } from './seal.ts';

const NEWLINE = 10;
/** Far beyond any row; what passes it is no backup. */
const LINE_BYTES = 64 * 1024 * 1024;

export interface BackupReader {
  /** The next line as JSON; BackupError when it is not of that shape or the file ends. */
  json<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>>;
  /** The content that follows, in whole lines; throws BackupError at its end when its seal does not fit. */
  content(name: string): AsyncGenerator<Buffer, void, undefined>;
  /** BackupError when anything follows. Reads to the end, which also checks the gzip sum. */
  end(): Promise<void>;
}

/** Reads the lines of an uncompressed backup in bounded memory. */
export function createBackupReader(source: AsyncIterable<Buffer>): BackupReader {
  const chunks = source[Symbol.asyncIterator]();
  let pending: Buffer = Buffer.alloc(0);

  async function readMore(): Promise<void> {
    const next = await chunks.next();
    if (next.done) throw new BackupError('it is cut off: its end is missing');
    pending = pending.length > 0 ? Buffer.concat([pending, next.value]) : next.value;
    if (pending.length > LINE_BYTES) throw new BackupError('it is damaged: a line does not end');
  }

  async function line(): Promise<string> {
    for (;;) {
      const end = pending.indexOf(NEWLINE);
      if (end < 0) {
        await readMore();
        continue;
      }
      const text = pending.toString('utf8', 0, end);
      pending = pending.subarray(end + 1);
      return text;
    }
  }

  async function json<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(parseJson(await line()));
    if (!parsed.success) throw new BackupError('it is damaged, or no backup of Ahoy');
    return parsed.data;
  }

  /** Whole lines up to the mark; what is looked at is never looked at again. */
  async function* lines(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      const { length, isEnd } = wholeLines(pending);
      const whole = pending.subarray(0, length);
      pending = pending.subarray(isEnd ? length + END_OF_CONTENT.length + 1 : length);
      if (length > 0) yield whole;
      if (isEnd) return;
      await readMore();
    }
  }

  return {
    json,
    async *content(name) {
      const seal = createSeal();
      for await (const whole of lines()) {
        seal.add(whole);
        yield whole;
      }
      const expected = await json(sealSchema);
      const found = seal.close();
      if (found.lines !== expected.lines || found.sha256 !== expected.sha256) {
        throw new BackupError(`it is damaged: ${name} is not what was saved`);
      }
    },
    async end() {
      const next = await chunks.next();
      if (pending.length > 0 || !next.done) throw new BackupError('it is damaged: something follows its end');
    },
  };
}

/** How many bytes at the start are whole lines of a content, and whether its end mark follows them. */
function wholeLines(buffer: Buffer): { length: number; isEnd: boolean } {
  let start = 0;
  for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
    if (end - start === END_OF_CONTENT.length && buffer.toString('latin1', start, end) === END_OF_CONTENT) {
      return { length: start, isEnd: true };
    }
    start = end + 1;
  }
  return { length: start, isEnd: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The shape is checked next, and says what is wrong.
    return undefined;
  }
}
