import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatStartParam, parseStartParam, type StartTarget } from './startParam.ts';

const target: fc.Arbitrary<StartTarget> = fc.oneof(
  fc.uuid().map((chatId) => ({ kind: 'chat' as const, chatId })),
  fc.uuid().map((callId) => ({ kind: 'call' as const, callId })),
  fc.stringMatching(/^[\w-]{24}$/).map((token) => ({ kind: 'room' as const, token })),
);

test('what a link names is read as it was written, in the letters that Telegram carries', () => {
  fc.assert(
    fc.property(target, (named) => {
      const text = formatStartParam(named);
      expect(text).toMatch(/^[A-Za-z0-9_-]{1,512}$/);
      expect(parseStartParam(text)).toEqual(named);
    }),
  );
});

test('anything else names nothing', () => {
  for (const text of ['', 'c_', 'c_123', 'x_0123', `a_${'g'.repeat(32)}`, 'r_short', `r_${'a'.repeat(65)}`])
    expect(parseStartParam(text)).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const named = parseStartParam(text);
      if (named) expect(formatStartParam(named)).toBe(text);
    }),
  );
});
