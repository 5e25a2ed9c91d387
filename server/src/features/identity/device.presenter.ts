import type { Device } from '@ahoy/shared/protocol/entities.ts';
import { UAParser } from 'ua-parser-js';
import type { SessionEntity } from './session.entity.ts';

/** Longer ones are cut before they are stored or parsed: what a stranger sends has a bound. */
export const USER_AGENT_LENGTH = 400;
const WORD_LENGTH = 40;

/** A session in words that its owner recognizes. Unknown browsers and systems are empty texts. */
export function presentDevice(session: SessionEntity, currentSessionId: string): Device {
  const { browser, os, device } = UAParser(session.userAgent.slice(0, USER_AGENT_LENGTH));
  return {
    id: session.id,
    isCurrent: session.id === currentSessionId,
    browser: (browser.name ?? '').slice(0, WORD_LENGTH),
    system: (os.name ?? '').slice(0, WORD_LENGTH),
    isMobile: device.type === 'mobile' || device.type === 'tablet',
    address: session.address,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
  };
}
