/** A history after which something does not hold. */
export class Violation extends Error {
  constructor(property: string, detail: string) {
    super(`${property}: ${detail}`);
    this.name = 'Violation';
  }
}

export function hold(isTrue: boolean, property: string, detail: () => string): void {
  if (!isTrue) throw new Violation(property, detail());
}

/** Whether two rows, or two lists of rows, say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return (
    keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}
