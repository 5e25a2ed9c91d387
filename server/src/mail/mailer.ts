import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Letter } from './letter.ts';
import { createFileTransport, createSmtpTransport, type MailTransport } from './transport.ts';

export interface Mailer {
  /**
   * Queues a letter and returns at once, so that no answer tells by its time whether a letter was sent.
   * False: the queue is full and the letter was dropped.
   */
  send(letter: Letter): boolean;
  /** Letters that wait or are on their way. */
  queued(): number;
  /** Sends what is queued, for at most ten seconds, and then takes nothing more. */
  close(): Promise<void>;
}

export interface QueueOptions {
  capacity?: number;
  attempts?: number;
  firstPauseMs?: number;
  drainMs?: number;
  /** Hears what became of each letter. */
  onOutcome?: (outcome: 'sent' | 'failed' | 'dropped') => void;
}

const CAPACITY = 1_000;
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 1_000;
const DRAIN_MS = 10_000;
const PARALLEL = 3;

/** SMTP when it is configured, else files below the data folder with their links on the terminal. */
export function createMailer(
  config: { dataDir: string; smtpUrl?: string; mailFrom: string },
  log: Log,
  onOutcome?: QueueOptions['onOutcome'],
): Mailer {
  const print = process.stdout.isTTY ? (line: string) => process.stdout.write(`${line}\n`) : undefined;
  const transport = config.smtpUrl
    ? createSmtpTransport(config.smtpUrl, config.mailFrom)
    : createFileTransport(join(config.dataDir, 'mail'), config.mailFrom, print);
  return createMailQueue(transport, log, { onOutcome });
}

/** A bounded queue in memory with a few deliveries at a time; a letter that keeps failing is given up and logged. */
export function createMailQueue(transport: MailTransport, log: Log, options: QueueOptions = {}): Mailer {
  const { capacity = CAPACITY, attempts = ATTEMPTS, firstPauseMs = FIRST_PAUSE_MS } = options;
  const { drainMs = DRAIN_MS, onOutcome = () => undefined } = options;
  const waiting: Letter[] = [];
  const working = new Set<Promise<void>>();
  const stopped = new AbortController();
  let isClosed = false;

  function pump(): void {
    while (working.size < PARALLEL) {
      const letter = waiting.shift();
      if (!letter) return;
      const work = deliver(letter).finally(() => {
        working.delete(work);
        pump();
      });
      working.add(work);
    }
  }

  async function deliver(letter: Letter): Promise<void> {
    for (let attempt = 1; attempt <= attempts && !stopped.signal.aborted; attempt += 1) {
      try {
        await transport.deliver(letter);
        onOutcome('sent');
        return;
      } catch (error) {
        const isLast = attempt === attempts || isPermanent(error);
        log[isLast ? 'error' : 'warn'](
          { reason: reasonOf(error), attempt },
          'a letter could not be delivered',
        );
        if (isLast) onOutcome('failed');
        if (isLast) return;
      }
      await pause(firstPauseMs * 2 ** (attempt - 1), stopped.signal);
    }
  }

  async function drain(): Promise<void> {
    while (working.size > 0) await Promise.all(working);
  }

  return {
    queued: () => waiting.length + working.size,
    send(letter) {
      if (isClosed || waiting.length >= capacity) {
        log.error({ waiting: waiting.length, isClosed }, 'a letter was dropped');
        onOutcome('dropped');
        return false;
      }
      waiting.push(letter);
      pump();
      return true;
    },
    async close() {
      isClosed = true;
      await Promise.race([drain(), pause(drainMs, stopped.signal)]);
      if (waiting.length + working.size > 0) {
        log.error({ waiting: waiting.length + working.size }, 'letters were lost in stopping');
      }
      waiting.length = 0;
      stopped.abort();
      transport.close();
    },
  };
}

/** A 5yz answer of SMTP (RFC 5321, 4.2.1) will be the same next time. */
function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error)) return false;
  return typeof error.responseCode === 'number' && error.responseCode >= 500;
}

/** The server's answer often repeats the recipient's address, so only codes are logged. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? String(error.code) : error.name;
  return 'responseCode' in error ? `${code} ${String(error.responseCode)}` : code;
}

/** Waits, or less when the signal comes first. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
