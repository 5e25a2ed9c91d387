import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { CallNotice, CallOverNotice } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { Announcer } from '../announcements.ts';
import { noteReach } from '../calls/noteReach.ts';
import type { BotNotices } from './botNotices.ts';
import { type BotPerson, isForBot, readBotPeople } from './botRows.ts';
import { holdRing, stillRings, takeRung } from './callDevices.ts';
import { composePushes, topicOf } from './composePushes.ts';
import { decideCallOver, isLookedAt } from './decide.ts';
import { notePushed } from './messageRows.ts';
import type { Pusher } from './pusher.ts';

/** A phone may have shown the first one without anybody near. */
const REPEAT_MS = 15_000;
/** A push service that is slower than that, or fails again and again, is not waited for: the bot tells as well. */
const PUSHED_WITHIN_MS = 4_000;
const MISSED_TTL_SECONDS = 24 * 60 * 60;
/** What happened on another device is of no interest later. */
const ELSEWHERE_TTL_SECONDS = 5 * 60;

export type CallNoticesParts = {
  dataSource: DataSource;
  announcer: Announcer;
  log: Log;
  /** Whether someone has the app open, in any process. */
  hasSocket(userId: string): Promise<boolean>;
  /** Absent: this server pushes nothing. */
  push?: { pusher: Pusher; origin(): string };
  /** Absent: it has no bot. */
  bot?: BotNotices | undefined;
  repeatMs?: number;
};

/**
 * Tells devices that nobody looks at, and people by the bot, of calls that ring, again and again while they do, and what became of them. The process
 * in which a call began rings; the one in which it is answered or ends takes that back.
 */
export function listenToCalls(parts: CallNoticesParts): { close(): Promise<void> } {
  const { dataSource, log, push } = parts;
  const rings = new Map<string, { timer?: NodeJS.Timeout; until: number }>();
  const working = new Set<Promise<void>>();

  parts.announcer.on('callChanged', ({ call, bySessionId }) => {
    const ringing = ringingIn(call);
    if (ringing.length === 0) stop(call.id);
    if (call.version === 1 && ringing.length > 0 && !rings.has(call.id)) {
      rings.set(call.id, { until: Date.now() + call.ringsForSeconds * 1000 });
      ring(call);
    }
    if (call.version > 1 && ringing.length < call.invitations.length) work(withdraw(call, bySessionId));
  });

  function work(task: Promise<unknown>): void {
    const done = task
      .catch((error) => log.warn({ err: error }, 'devices were not told of a call'))
      .then(() => void working.delete(done));
    working.add(done);
  }

  function stop(callId: string): void {
    clearTimeout(rings.get(callId)?.timer);
    rings.delete(callId);
  }

  function ring(call: Call): void {
    const held = rings.get(call.id);
    if (!held) return;
    work(tellRing(call, held.until));
    held.timer = setTimeout(() => ring(call), parts.repeatMs ?? REPEAT_MS);
    if (Date.now() >= held.until) stop(call.id);
  }

  async function tellRing(call: Call, until: number): Promise<void> {
    const devices = push ? await holdRing(dataSource, call.id) : [];
    const notice: CallNotice = {
      ...{ kind: 'call', ...(await aboutCall(call)) },
      ringsUntil: new Date(until).toISOString(),
    };
    const composed = push
      ? await composePushes(
          dataSource,
          devices.map((device) => ({ ...device, notice })),
          push.origin(),
        )
      : [];
    const taken = new Map<string, Promise<boolean>[]>();
    for (const { target, json } of composed) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      taken.set(target.userId, [...(taken.get(target.userId) ?? []), promise]);
      push?.pusher.push({
        ...{ target, json, urgency: 'high', topic: topicOf(call.id), isReplaceable: true },
        ttlSeconds: Math.max(1, (until - Date.now()) / 1000),
        isWanted: () => stillRings(dataSource, call.id, target.userId),
        onOutcome: (outcome) => resolve(outcome === 'sent'),
      });
    }
    const ringing = ringingIn(call);
    const linked = parts.bot ? await readBotPeople(dataSource, ringing) : [];
    for (const userId of ringing) {
      const person = linked.find((each) => each.userId === userId);
      work(tellReach(call, userId, taken.get(userId) ?? [], person));
    }
  }

  /** As soon as one device is reached, or the bot has told; `nobody` when it is known that nothing does. */
  async function tellReach(
    call: Call,
    userId: string,
    taken: Promise<boolean>[],
    person: BotPerson | undefined,
  ): Promise<void> {
    const isOpen = await parts.hasSocket(userId);
    const isPushed = isAnyTrue(taken);
    const byBot = ringByBot(call, person, isOpen, isPushed).catch((error) => {
      log.warn({ err: error }, 'the bot did not tell of a call');
      return false;
    });
    const isNotified = !isOpen && (await isAnyTrue([isPushed, byBot]));
    await noteReach(parts, call.id, userId, isOpen ? 'rings' : isNotified ? 'notified' : 'nobody');
    await byBot;
  }

  /** The rung above the letter: at once for who wants it always, else where no app is open and no push was taken. */
  async function ringByBot(
    { id: callId, chatId }: Call,
    person: BotPerson | undefined,
    isOpen: boolean,
    isPushed: Promise<boolean>,
  ): Promise<boolean> {
    const { bot } = parts;
    if (!bot || !person || isLookedAt(person.device, Date.now())) return false;
    const { userId, telegramId, settings } = person;
    if (settings.telegram === 'off') return false;
    // Who wants to hear only of missed calls is noted, unless a device will be told of that.
    if (!settings.calls)
      return settings.missedCalls && isForBot(person, push !== undefined)
        ? bot.ring({ userId, telegramId, callId, chatId })
        : false;
    if (settings.telegram === 'auto' && (isOpen || (await isTrueWithin(isPushed, PUSHED_WITHIN_MS))))
      return false;
    return bot.ring({ userId, telegramId, callId, chatId });
  }

  async function withdraw(call: Call, bySessionId: string | undefined): Promise<void> {
    await Promise.all([parts.bot?.over(call.id), withdrawPushes(call, bySessionId)]);
  }

  async function withdrawPushes(call: Call, bySessionId: string | undefined): Promise<void> {
    if (!push) return;
    const states = new Map(call.invitations.map(({ userId, state }) => [userId, state]));
    const over = [...states].filter(([, state]) => state !== 'ringing').map(([userId]) => userId);
    const rung = await takeRung(dataSource, call.id, over);
    if (rung.length === 0) return;
    const about = await aboutCall(call);
    const now = Date.now();
    const notices = rung.flatMap(({ target, locale, ...given }) => {
      const state = states.get(target.userId) ?? 'ringing';
      if (state === 'ringing') return [];
      const how = decideCallOver({ ...given, state, isOwn: target.sessionId === bySessionId }, now);
      const notice: CallOverNotice | null = how && { kind: 'callOver', ...about, how };
      return notice ? [{ target, locale, notice }] : [];
    });
    const composed = await composePushes(dataSource, notices, push.origin());
    // A missed call stays on the screen until its chat is read, which a later push tells.
    await notePushed(
      dataSource,
      composed.filter(({ notice }) => notice.how === 'missed'),
    );
    for (const { target, json, notice } of composed)
      push.pusher.push({
        ...{ target, json, urgency: 'high', topic: topicOf(call.id), isReplaceable: true },
        ttlSeconds: notice.how === 'missed' ? MISSED_TTL_SECONDS : ELSEWHERE_TTL_SECONDS,
      });
  }

  async function aboutCall({ id, chatId, startedBy, media }: Call) {
    const [known]: { name: string; seq: number }[] = await dataSource.query(
      `SELECT p.name, m.seq FROM calls c JOIN messages m ON m.id = c.message_id
       JOIN people p ON p.id = c.started_by WHERE c.id = $1`,
      [id],
    );
    const { name: callerName = '', seq = 0 } = known ?? {};
    return { callId: id, chatId, callerId: startedBy, callerName, media, seq };
  }

  return {
    async close() {
      for (const callId of [...rings.keys()]) stop(callId);
      while (working.size > 0) await Promise.all(working);
    },
  };
}

function ringingIn(call: Call): string[] {
  if (call.phase === 'ended') return [];
  return call.invitations.filter((each) => each.state === 'ringing').map((each) => each.userId);
}

async function isAnyTrue(promises: Promise<boolean>[]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  for (const each of promises) void each.then((isSo) => isSo && resolve(true));
  void Promise.all(promises).then(() => resolve(false));
  return promise;
}

async function isTrueWithin(promise: Promise<boolean>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
