import type { TFunction } from 'i18next';
import { trustEmojiId } from '../rtc/trust/trustEmoji.ts';

/** What a screen reader says for one of a call's emoji. */
export function trustEmojiName(t: TFunction, glyph: string): string {
  const id = trustEmojiId(glyph);
  return id ? t(`trustEmoji.${id}`) : glyph;
}
