import { expect, test } from 'vitest';
import { insetVariables, NO_INSETS, toInsets } from './insets.ts';

test('Telegram’s bars lie inside the phone’s, and only what is covered counts', () => {
  const safe = { ...NO_INSETS, top: 47, bottom: 34 };
  const content = { ...NO_INSETS, top: 46 };
  expect(insetVariables(safe, content, { seen: 500, page: 700 })).toEqual({
    '--ahoy-safe-top': '93px',
    '--ahoy-safe-right': null,
    '--ahoy-safe-bottom': '34px',
    '--ahoy-safe-left': null,
    '--ahoy-height': '500px',
  });
  expect(insetVariables(safe, content, { seen: 700, page: 700 })['--ahoy-height']).toBeNull();
});

test.each([null, 'x', { top: -3, left: '7' }, { bottom: Number.NaN, right: 1e9 }])(
  '%j covers nothing',
  (told) => {
    expect(toInsets(told)).toEqual(NO_INSETS);
  },
);
