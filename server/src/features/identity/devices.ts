import type { Device } from '@ahoy/shared/protocol/entities.ts';
import { IsNull, MoreThan } from 'typeorm';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import { presentDevice } from './device.presenter.ts';
import type { Identity } from './parts.ts';
import { SessionSchema } from './session.entity.ts';
import { announceEnded, endSessions } from './sessions.ts';

const MAX_LISTED = 100;

/** The viewer's signed-in devices, the one used last first. */
export async function listDevices(
  { dataSource, clock }: Identity,
  { userId, sessionId }: Viewer,
): Promise<Device[]> {
  const sessions = await dataSource.getRepository(SessionSchema).find({
    where: { userId, endedAt: IsNull(), expiresAt: MoreThan(clock()) },
    order: { lastUsedAt: 'DESC', id: 'DESC' },
    take: MAX_LISTED,
  });
  return sessions.map((session) => presentDevice(session, sessionId));
}

/** Ends one of the viewer's sessions; anyone else's does not exist for them. */
export async function endSession(identity: Identity, { userId }: Viewer, sessionId: string): Promise<void> {
  const { dataSource, clock } = identity;
  const ended = await endSessions(dataSource.manager, userId, { only: sessionId }, clock());
  if (ended.length === 0) throw fail('NOT_FOUND');
  announceEnded(identity, ended);
}

/** Ends all sessions of the viewer but the one that asks. */
export async function endOtherSessions(identity: Identity, { userId, sessionId }: Viewer): Promise<void> {
  const { dataSource, clock } = identity;
  const ended = await endSessions(dataSource.manager, userId, { except: sessionId }, clock());
  announceEnded(identity, ended);
}
