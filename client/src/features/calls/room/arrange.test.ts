import { describe, expect, it } from 'vitest';
import { type Arrangement, arrange, type TileKey } from './arrange.ts';

const PHONE = { width: 374, height: 616 };

function person(id: string): TileKey {
  return { id, kind: 'person', isOwn: id === 'me' };
}

function screen(id: string): TileKey {
  return { id, kind: 'screen', isOwn: false };
}

const FOUR = ['ann', 'bob', 'cid', 'me'].map(person);
const WISH = { tiles: FOUR, mode: 'grid', pinnedId: null, speakerId: 'bob' } as const;

function large({ placed }: Arrangement): string[] {
  return placed.filter(({ size }) => size === 'large').map(({ id }) => id);
}

describe('who stands where', () => {
  it('is equal for all in a grid', () => {
    const { placed, more } = arrange(WISH, PHONE);
    expect(placed.map(({ id, size }) => [id, size])).toEqual(FOUR.map(({ id }) => [id, 'equal']));
    expect(more).toBeNull();
  });

  it('makes large who speaks where that is wished, and somebody else before anyone speaks', () => {
    expect(large(arrange({ ...WISH, mode: 'speaker' }, PHONE))).toEqual(['bob']);
    expect(large(arrange({ ...WISH, mode: 'speaker', speakerId: null }, PHONE))).toEqual(['ann']);
  });

  it('makes screens large, both of two', () => {
    const tiles = [screen('screen ann'), screen('screen bob'), ...FOUR];
    expect(large(arrange({ ...WISH, tiles }, PHONE))).toEqual(['screen ann', 'screen bob']);
  });

  it('makes large above all what is pinned, as long as it is there', () => {
    const tiles = [screen('screen ann'), ...FOUR];
    const pinned = arrange({ ...WISH, tiles, pinnedId: 'cid' }, PHONE);
    expect(large(pinned)).toEqual(['cid']);
    expect(pinned.placed[1]?.id).toBe('screen ann');
    expect(large(arrange({ ...WISH, pinnedId: 'gone' }, PHONE))).toEqual([]);
  });

  it('says how many are not to be seen where there is no room for all', () => {
    const tiles = ['a', 'b', 'c', 'd', 'e', 'f', 'me'].map(person);
    const { placed, more } = arrange({ ...WISH, tiles, pinnedId: 'a' }, PHONE);
    expect(placed.length + (more?.count ?? 0)).toBe(tiles.length);
    expect(more?.count).toBeGreaterThan(1);
  });

  it('shows one who is alone large, and nothing on a stage without room', () => {
    expect(arrange({ ...WISH, tiles: [person('me')], mode: 'speaker' }, PHONE).placed.length).toBe(1);
    expect(arrange(WISH, { width: 0, height: 0 }).placed).toEqual([]);
  });
});
