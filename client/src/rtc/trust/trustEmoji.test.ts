import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { ru } from '../../i18n/ru.ts';
import { trustEmojiName } from '../../i18n/trustEmojiName.ts';
import { TRUST_EMOJI } from './trustEmoji.ts';

const glyphs = Object.values(TRUST_EMOJI);

it('there are 64 different ones, each a single code point that is drawn as a picture everywhere', () => {
  expect(new Set(glyphs).size).toBe(64);
  for (const glyph of glyphs) expect(glyph).toMatch(/^\p{Emoji_Presentation}$/u);
});

it('none is younger than Unicode 9', () => {
  const isYoung = (glyph: string): boolean => {
    const point = glyph.codePointAt(0) ?? 0;
    // What Unicode 9 had of the block that grew ever since.
    const isOldOfBlock =
      (point >= 0x1f910 && point <= 0x1f95e) || (point >= 0x1f980 && point <= 0x1f991) || point === 0x1f9c0;
    return point > 0x1f6d2 && !isOldOfBlock;
  };
  expect(glyphs.filter(isYoung)).toEqual([]);
});

it('each has a name of its own in both languages', async () => {
  const i18n = createInstance();
  await i18n.init({ resources: { en: { translation: en }, ru: { translation: ru } }, lng: 'en' });
  expect(trustEmojiName(i18n.t, '🐙')).toBe('octopus');
  expect(trustEmojiName(i18n.t, 'no emoji')).toBe('no emoji');
  for (const language of ['en', 'ru']) {
    await i18n.changeLanguage(language);
    expect(new Set(glyphs.map((glyph) => trustEmojiName(i18n.t, glyph))).size).toBe(64);
  }
});
