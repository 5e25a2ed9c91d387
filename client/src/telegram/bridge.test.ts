import { expect, test } from 'vitest';
import { type FramedPage, framingOrigin, isFromTelegram } from './bridge.ts';

const TELEGRAM = 'https://web.telegram.org';

function framed(page: { ancestors?: string[]; referrer?: string; isFramed?: boolean }): FramedPage {
  const made: FramedPage = {
    parent: {},
    location: page.ancestors ? { ancestorOrigins: page.ancestors } : {},
    document: { referrer: page.referrer ?? '' },
    addEventListener: () => undefined,
  };
  return page.isFramed === false ? Object.assign(made, { parent: made }) : made;
}

test('the framing page’s origin is what the browser tells, or the referrer', () => {
  expect(framingOrigin(framed({ ancestors: [TELEGRAM] }))).toBe(TELEGRAM);
  expect(framingOrigin(framed({ referrer: `${TELEGRAM}/k/` }))).toBe(TELEGRAM);
  expect(framingOrigin(framed({}))).toBeNull();
  expect(framingOrigin(framed({ ancestors: [TELEGRAM], isFramed: false }))).toBeNull();
});

test('only the page around is listened to, and only from its origin', () => {
  const parent = {} as MessageEventSource;
  const event = (source: MessageEventSource | null, origin: string) => ({ source, origin });
  expect(isFromTelegram(event(parent, TELEGRAM), { parent }, TELEGRAM)).toBe(true);
  expect(isFromTelegram(event(parent, 'https://evil.example'), { parent }, TELEGRAM)).toBe(false);
  expect(isFromTelegram(event({} as MessageEventSource, TELEGRAM), { parent }, TELEGRAM)).toBe(false);
  expect(isFromTelegram(event(null, TELEGRAM), { parent }, TELEGRAM)).toBe(false);
  expect(isFromTelegram(event(parent, 'https://unknown.example'), { parent }, null)).toBe(true);
});
