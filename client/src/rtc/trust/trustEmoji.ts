/**
 * What two people read to each other: easily told apart and named, one code point each, in every system's font since
 * Unicode 9. Both sides have to have the same table: order and glyphs never change without a new label in
 * `callSecret.ts`. The ids are the keys of their names in `i18n/<language>/trustEmoji.ts`.
 */
export const TRUST_EMOJI = {
  elephant: '🐘',
  turtle: '🐢',
  snake: '🐍',
  whale: '🐳',
  octopus: '🐙',
  butterfly: '🦋',
  snail: '🐌',
  bee: '🐝',
  crab: '🦀',
  penguin: '🐧',
  frog: '🐸',
  lion: '🦁',
  pig: '🐷',
  rabbit: '🐰',
  owl: '🦉',
  camel: '🐫',
  apple: '🍎',
  banana: '🍌',
  grapes: '🍇',
  watermelon: '🍉',
  lemon: '🍋',
  pineapple: '🍍',
  carrot: '🥕',
  corn: '🌽',
  mushroom: '🍄',
  bread: '🍞',
  cheese: '🧀',
  egg: '🍳',
  pizza: '🍕',
  burger: '🍔',
  iceCream: '🍦',
  cake: '🎂',
  tree: '🌲',
  cactus: '🌵',
  palm: '🌴',
  sunflower: '🌻',
  rose: '🌹',
  moon: '🌙',
  star: '⭐',
  rainbow: '🌈',
  fire: '🔥',
  snowman: '⛄',
  earth: '🌍',
  volcano: '🌋',
  car: '🚗',
  bicycle: '🚲',
  train: '🚂',
  rocket: '🚀',
  sailboat: '⛵',
  anchor: '⚓',
  house: '🏠',
  key: '🔑',
  hammer: '🔨',
  bell: '🔔',
  alarmClock: '⏰',
  umbrella: '☔',
  book: '📕',
  guitar: '🎸',
  balloon: '🎈',
  gift: '🎁',
  crown: '👑',
  glasses: '👓',
  football: '⚽',
  die: '🎲',
} as const;

export type TrustEmojiId = keyof typeof TRUST_EMOJI;

/** The id of a glyph of the table; null for any other text. */
export function trustEmojiId(glyph: string): TrustEmojiId | null {
  const ids = Object.keys(TRUST_EMOJI) as TrustEmojiId[];
  return ids.find((id) => TRUST_EMOJI[id] === glyph) ?? null;
}
