import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';

/** A device that is looked at says so every ten seconds; two words may be lost. */
const LEASE_MS = 30_000;
/** What is left of a lease when it is written anew: not each word is a statement. */
const RENEWED_BELOW_MS = 15_000;
const WRITE_AFTER_MS = 50;

type Word = 'looked at' | 'not looked at' | 'gone';

/**
 * Which devices are looked at now, for all processes. It is kept beside their subscriptions. Of those without one nothing
 * is, but for people whom a bot would tell instead.
 */
export type DeviceLeases = {
  said(sessionId: string, socketId: string, isActive: boolean): void;
  /** A socket closed, of which nobody knows whether somebody looked at it to the end. */
  closed(sessionId: string, socketId: string): void;
  /** The device has a new subscription, which knows nothing yet. */
  forget(sessionId: string): void;
  close(): Promise<void>;
};

export function createDeviceLeases(dataSource: DataSource, log: Log, hasBot = false): DeviceLeases {
  /** Sockets of each device that are looked at, and until when that is written. */
  const devices = new Map<string, { sockets: Set<string>; writtenUntil: number }>();
  const words = new Map<string, Word>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function write(): void {
    timer = undefined;
    const said = [...words];
    words.clear();
    if (said.length === 0) return;
    const inOrder = said.toSorted(([one], [other]) => (one < other ? -1 : 1));
    writing = writing
      .then(() => writeWords(dataSource, inOrder))
      .then(() => (hasBot ? writeLooks(dataSource, inOrder) : undefined))
      .catch((error) => {
        log.warn({ err: error }, 'leases were not written');
      });
  }

  function note(sessionId: string, word: Word): void {
    words.set(sessionId, word);
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  }

  function leave(sessionId: string, socketId: string, word: Word): void {
    const device = devices.get(sessionId);
    if (!device?.sockets.delete(socketId) || device.sockets.size > 0) return;
    devices.delete(sessionId);
    note(sessionId, word);
  }

  return {
    said(sessionId, socketId, isActive) {
      if (!isActive) return leave(sessionId, socketId, 'not looked at');
      const device = devices.get(sessionId) ?? { sockets: new Set(), writtenUntil: 0 };
      devices.set(sessionId, device);
      device.sockets.add(socketId);
      const now = performance.now();
      if (device.writtenUntil - now > RENEWED_BELOW_MS) return;
      device.writtenUntil = now + LEASE_MS;
      note(sessionId, 'looked at');
    },
    closed: (sessionId, socketId) => leave(sessionId, socketId, 'gone'),
    forget(sessionId) {
      const device = devices.get(sessionId);
      if (!device) return;
      device.writtenUntil = performance.now() + LEASE_MS;
      note(sessionId, 'looked at');
    },
    async close() {
      clearTimeout(timer);
      write();
      await writing;
    },
  };
}

/** In the order of their ids, so that two processes wait for each other in one order. */
async function writeWords(dataSource: DataSource, words: [sessionId: string, word: Word][]): Promise<void> {
  await dataSource.query(
    `WITH held AS (
       SELECT p.session_id, w.word FROM unnest($1::uuid[], $2::text[]) w (session_id, word)
       JOIN push_subscriptions p ON p.session_id = w.session_id ORDER BY p.session_id FOR UPDATE OF p)
     UPDATE push_subscriptions p SET looked_at_until = CASE held.word
       WHEN 'looked at' THEN now() + $3 * interval '1 millisecond'
       WHEN 'gone' THEN least(p.looked_at_until, now()) END
     FROM held WHERE p.session_id = held.session_id`,
    [words.map(([id]) => id), words.map(([, word]) => word), LEASE_MS],
  );
}

/** Of devices without a subscription, whose people are linked with Telegram. */
async function writeLooks(dataSource: DataSource, words: [sessionId: string, word: Word][]): Promise<void> {
  await dataSource.query(
    `INSERT INTO telegram_looks AS k (session_id, user_id, looked_at_until)
     SELECT s.id, s.user_id, CASE w.word WHEN 'looked at' THEN now() + $3 * interval '1 millisecond' END
     FROM unnest($1::uuid[], $2::text[]) w (session_id, word) JOIN sessions s ON s.id = w.session_id
     JOIN telegram_identities t ON t.user_id = s.user_id
     WHERE NOT EXISTS (SELECT 1 FROM push_subscriptions p WHERE p.session_id = s.id)
     ORDER BY s.id
     ON CONFLICT (session_id) DO UPDATE SET looked_at_until = CASE
       WHEN excluded.looked_at_until IS NOT NULL THEN excluded.looked_at_until
       WHEN k.session_id = ANY($4) THEN least(k.looked_at_until, now()) END`,
    [
      words.map(([id]) => id),
      words.map(([, word]) => word),
      LEASE_MS,
      words.filter(([, word]) => word === 'gone').map(([id]) => id),
    ],
  );
}
