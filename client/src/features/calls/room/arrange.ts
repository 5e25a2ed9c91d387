import { type Area, type Box, gridBoxes, mosaicBoxes, stageBoxes } from './tileBoxes.ts';

/** A picture on the stage: somebody's camera or face, or a screen that is shown. */
export type TileKey = { id: string; kind: 'person' | 'screen'; isOwn: boolean };

/** What one chooses; the floating window is a mosaic by itself. */
export type StageMode = 'grid' | 'speaker';

export type Placed = { id: string; box: Box; size: 'equal' | 'large' | 'small' };

export type Arrangement = {
  placed: Placed[];
  /** Where it says how many are not to be seen; null: all are. */
  more: { box: Box; count: number } | null;
};

type Wish = {
  /** In the order of coming, one's own last. */
  tiles: readonly TileKey[];
  mode: StageMode | 'mosaic';
  pinnedId: string | null;
  /** The tile of who speaks. */
  speakerId: string | null;
};

/** Whose picture stands where. What is pinned is large; else screens; else, if wished, who speaks; else all are equal. */
export function arrange({ tiles, ...wish }: Wish, area: Area): Arrangement {
  if (area.width <= 0 || area.height <= 0) return { placed: [], more: null };
  if (wish.mode === 'mosaic')
    return { placed: place(tiles, mosaicBoxes(tiles.length, area), 'equal'), more: null };
  const large = largeOf(tiles, wish);
  if (large.length === 0 || tiles.length === 1) {
    return { placed: place(tiles, gridBoxes(tiles.length, area), 'equal'), more: null };
  }
  const rest = [...tiles.filter((tile) => !large.includes(tile))].sort(
    (one, other) => Number(other.kind === 'screen') - Number(one.kind === 'screen'),
  );
  const boxes = stageBoxes({ large: large.length, small: rest.length }, area);
  const placed = place(large, boxes.large, 'large');
  const last = boxes.small.at(-1);
  if (boxes.small.length === rest.length || !last) {
    return { placed: [...placed, ...place(rest, boxes.small, 'small')], more: null };
  }
  const shown = place(rest, boxes.small.slice(0, -1), 'small');
  return { placed: [...placed, ...shown], more: { box: last, count: rest.length - shown.length } };
}

function largeOf(tiles: readonly TileKey[], { mode, pinnedId, speakerId }: Omit<Wish, 'tiles'>): TileKey[] {
  const pinned = tiles.filter(({ id }) => id === pinnedId);
  if (pinned.length > 0) return pinned;
  const screens = tiles.filter(({ kind }) => kind === 'screen');
  if (screens.length > 0) return screens;
  if (mode !== 'speaker') return [];
  const speaker = tiles.find(({ id }) => id === speakerId) ?? tiles.find(({ isOwn }) => !isOwn);
  return speaker ? [speaker] : [];
}

function place(tiles: readonly TileKey[], boxes: readonly Box[], size: Placed['size']): Placed[] {
  return tiles.flatMap(({ id }, index) => {
    const box = boxes[index];
    return box ? [{ id, box, size }] : [];
  });
}
