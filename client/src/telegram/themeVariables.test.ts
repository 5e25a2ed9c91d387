import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, READABLE, toRgb } from './colours.ts';
import { lookOf } from './themeVariables.ts';

const DARK_BLUE = {
  ...{ bg_color: '#17212b', secondary_bg_color: '#232e3c', section_bg_color: '#17212b' },
  ...{ text_color: '#f5f5f5', hint_color: '#708499', subtitle_text_color: '#708499' },
  ...{ link_color: '#6ab3f3', accent_text_color: '#6ab2f2', destructive_text_color: '#ec3942' },
  ...{ button_color: '#5288c1', button_text_color: '#ffffff', section_separator_color: '#111921' },
};

/** Which text stands on which ground. */
const PAIRS = [
  ...['text', 'text-2', 'text-3', 'accent', 'urgent'].flatMap((text) =>
    ['bg', 'surface', 'raised', 'sunken', 'press', 'banner'].map((ground) => [text, ground]),
  ),
  ...['own-text', 'own-meta', 'own-mark'].map((text) => [text, 'own']),
  ['text', 'other'],
  ['other-meta', 'other'],
  ['accent-soft-text', 'accent-soft'],
  ['toast-text', 'toast'],
  ['toast-action', 'toast'],
];

test('Telegram’s colours become ours, and dark ones a dark scheme', () => {
  const { scheme, background, variables } = lookOf(DARK_BLUE, 'light');
  expect({ scheme, background }).toEqual({ scheme: 'dark', background: '#17212b' });
  expect(variables).toMatchObject({
    '--ahoy-bg': '#17212b',
    '--ahoy-text': '#f5f5f5',
    '--ahoy-accent': '#6ab3f3',
  });
});

test('a text that cannot be read on its ground leaves all our own, in the scheme of that ground', () => {
  const look = lookOf({ ...DARK_BLUE, text_color: '#304050' }, 'light');
  expect(look).toEqual({ scheme: 'dark', background: '#0b1621', variables: {} });
});

test('without colours the system decides', () => {
  expect(lookOf({}, 'dark')).toEqual({ scheme: 'dark', background: '#0b1621', variables: {} });
});

test('whatever colours a client names, every text is read on every ground that it stands on', () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  const themes = fc.dictionary(fc.constantFrom(...Object.keys(DARK_BLUE)), colour);
  const plain = fc.constantFrom('#000000', '#ffffff', '#101010', '#fafafa');
  fc.assert(
    fc.property(themes, plain, plain, fc.boolean(), (theme, bg, text, isPlain) => {
      const told = isPlain
        ? { ...theme, bg_color: bg, section_bg_color: bg, secondary_bg_color: bg, text_color: text }
        : theme;
      const { variables } = lookOf(told, 'light');
      if (Object.keys(variables).length === 0) return;
      const rgb = (name = '') => toRgb(variables[`--ahoy-${name}`] ?? '#000000');
      for (const [one, other] of PAIRS)
        expect(contrast(rgb(one), rgb(other)), `${one} on ${other}`).toBeGreaterThanOrEqual(READABLE);
      expect(contrast(toRgb('#ffffff'), rgb('accent-fill'))).toBeGreaterThanOrEqual(READABLE);
    }),
    { numRuns: 300 },
  );
});
