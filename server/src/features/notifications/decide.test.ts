import { isQuiet } from '@ahoy/shared/domain/quietHours.ts';
import { describe, expect, test } from 'vitest';
import { decideCall, decideCallOver, decideMessage } from './decide.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const NOW = Date.parse('2026-03-10T21:30:00Z');
const AWAY = { lookedAtUntil: null };
const HERE = { lookedAtUntil: NOW + 1 };
const SILENT = { lookedAtUntil: NOW - 1 };
const NIGHT = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const PERSON = { settings: DEFAULT_SETTINGS, mutedUntil: null, readSeq: 4 };
const settings = (change: Partial<typeof DEFAULT_SETTINGS>) => ({ ...DEFAULT_SETTINGS, ...change });

describe('a message', () => {
  const decide = (
    change: {
      device?: typeof AWAY | typeof HERE;
      person?: Partial<typeof PERSON>;
      firstLookAt?: number;
    } = {},
  ) => {
    const { device = AWAY, person, firstLookAt = null } = change;
    return decideMessage({ device, person: { ...PERSON, ...person }, seq: 5, firstLookAt }, NOW);
  };
  test.each([
    ['is told to a device that nobody looks at', {}, 'told'],
    ['is told where the last word is too old', { device: SILENT }, 'told'],
    ['is not told where somebody looks', { device: HERE }, 'looksAtIt'],
    ['is not told when it is read', { person: { readSeq: 5 } }, 'read'],
    ['is not told in a muted chat', { person: { mutedUntil: NOW + 1 } }, 'muted'],
    ['is told again when the muting has ended', { person: { mutedUntil: NOW - 1 } }, 'told'],
    ['is not told to who wants none', { person: { settings: settings({ messages: false }) } }, 'off'],
    [
      'is not told twice: in the second look a device that was away has been told',
      { firstLookAt: NOW - 30_000 },
      'told before',
    ],
    [
      'is told in the second look where a device that was looked at fell silent',
      { device: SILENT, firstLookAt: NOW - 30_000 },
      'told',
    ],
    [
      'is not told in the second look where somebody still looks',
      { device: HERE, firstLookAt: NOW - 30_000 },
      'looksAtIt',
    ],
  ])('%s', (_, change, expected) => {
    const decision = decide(change as Parameters<typeof decide>[0]);
    const word = decision.isPushed ? 'told' : decision.why === 'told' ? 'told before' : decision.why;
    expect(word).toBe(expected);
  });
  test('comes without a sound in quiet hours, and without its text where that is hidden', () => {
    const decision = decide({ person: { settings: settings({ quiet: NIGHT, hasPreview: false }) } });
    expect(decision).toEqual({ isPushed: true, isSilent: true, hasText: false });
    expect(decide()).toEqual({ isPushed: true, isSilent: false, hasText: true });
  });
});

describe('quiet hours', () => {
  test.each([
    ['around midnight, in the evening', NIGHT, '2026-03-10T21:30:00Z', true],
    ['around midnight, in the morning', NIGHT, '2026-03-11T05:59:00Z', true],
    ['end on the minute', NIGHT, '2026-03-11T06:00:00Z', false],
    ['follow summer time', NIGHT, '2026-07-10T20:00:00Z', true],
    ['within a day', { ...NIGHT, from: '12:00', to: '14:00' }, '2026-03-10T12:30:00Z', true],
    ['within a day, outside', { ...NIGHT, from: '12:00', to: '14:00' }, '2026-03-10T13:30:00Z', false],
    ['of no length are none', { ...NIGHT, to: '22:00' }, '2026-03-10T21:00:00Z', false],
    ['in a place that is none', { ...NIGHT, timeZone: 'Mars/Base' }, '2026-03-10T21:30:00Z', false],
    ['that are not set', null, '2026-03-10T21:30:00Z', false],
  ])('%s', (_, quiet, at, expected) => {
    expect(isQuiet(quiet, Date.parse(at))).toBe(expected);
  });
});

describe('a call', () => {
  test.each([
    ['rings where nobody looks', AWAY, DEFAULT_SETTINGS, true],
    ['rings in quiet hours', AWAY, settings({ quiet: NIGHT }), true],
    ['does not ring where somebody looks: the app rings', HERE, DEFAULT_SETTINGS, false],
    ['does not ring for who wants none', AWAY, settings({ calls: false }), false],
  ])('%s', (_, device, given, expected) => {
    expect(decideCall({ device, settings: given }, NOW)).toBe(expected);
  });

  const RUNG = { isRung: true, isOwn: false, device: AWAY, settings: DEFAULT_SETTINGS };
  test.each([
    ['joined', RUNG, 'answeredElsewhere'],
    ['declined', RUNG, 'declinedElsewhere'],
    ['missed', RUNG, 'missed'],
    ['withdrawn', RUNG, 'missed'],
    ['joined', { ...RUNG, isOwn: true }, null],
    ['declined', { ...RUNG, isOwn: true }, null],
    ['missed', { ...RUNG, settings: settings({ missedCalls: false }) }, 'missed'],
    ['joined', { ...RUNG, isRung: false }, null],
    ['missed', { ...RUNG, isRung: false }, 'missed'],
    ['missed', { ...RUNG, isRung: false, device: HERE }, null],
    ['missed', { ...RUNG, isRung: false, settings: settings({ missedCalls: false }) }, null],
  ] as const)('that is %s, for %o: %s', (state, given, expected) => {
    expect(decideCallOver({ state, ...given }, NOW)).toBe(expected);
  });
});
