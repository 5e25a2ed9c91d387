type PluralForm = 'one' | 'few' | 'many' | 'other';
type PluralBase<Key> = Key extends `${infer Base}_${PluralForm}` ? Base : never;
type Plain<Key> = Key extends `${string}_${PluralForm}` ? never : Key;

/**
 * The shape of a Russian area, derived from the English one: the same keys, and all four
 * Russian plural forms (CLDR: one, few, many, other) wherever English has a plural.
 */
export type Russian<English> = Record<Plain<keyof English>, string> &
  Record<`${PluralBase<keyof English>}_${PluralForm}`, string>;
