/** In pixels, from the top left of the stage. */
export type Box = { left: number; top: number; width: number; height: number };
export type Area = { width: number; height: number };

const GAP_PX = 8;

/** Width by height of a tile: narrower or wider ones would cut away a face. Upright phones film upright. */
const UPRIGHT = { least: 0.5, most: 2 };
const LYING = { least: 1.2, most: 2 };
const SCREEN_ASPECT = 16 / 9;

/** A strip beside the large pictures, where there is more width than height; else below them. */
const SIDE_FROM_ASPECT = 1.15;
const SIDE = { share: 0.19, least: 116, most: 232, aspect: 1.5 };
const BELOW = { share: 0.2, least: 72, most: 156, aspect: 0.86 };
/** So many are always seen in a strip, if need be a little narrower. */
const ALWAYS_FIT = 4;
const NARROWEST_PX = 68;
/** A tile that fits exactly, fits. */
const ROUNDING = 1e-6;

/** As many tiles of one size as there are, as large as they can be, the last row in the middle. */
export function gridBoxes(count: number, area: Area): Box[] {
  if (count <= 0) return [];
  const { least, most } = area.height > area.width ? UPRIGHT : LYING;
  const shapes = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    const cell = cellOf(columns, Math.ceil(count / columns), area);
    const width = Math.min(cell.width, cell.height * most);
    return { columns, width, height: Math.min(cell.height, width / least) };
  });
  const best = shapes.reduce((one, other) => (sizeOf(other) > sizeOf(one) ? other : one));
  return rowsOf(count, best, area);
}

export type StageBoxes = {
  large: Box[];
  /** As many as there is room for, which may be fewer than asked for. */
  small: Box[];
};

/** What counts is large, and the others stand small in a strip. */
export function stageBoxes(count: { large: number; small: number }, area: Area): StageBoxes {
  if (count.small === 0) return { large: wholeBoxes(count.large, area), small: [] };
  const isSide = area.width >= area.height * SIDE_FROM_ASPECT;
  return isSide ? withSideStrip(count, area) : withStripBelow(count, area);
}

function withSideStrip(count: { large: number; small: number }, area: Area): StageBoxes {
  const width = clamp(area.width * SIDE.share, SIDE);
  const height = fittingLength(width / SIDE.aspect, count.small, area.height);
  const fitting = Math.max(1, Math.floor((area.height + GAP_PX) / (height + GAP_PX) + ROUNDING));
  const shown = Math.min(count.small, fitting);
  const top = (area.height - shown * height - (shown - 1) * GAP_PX) / 2;
  const left = area.width - width;
  return {
    large: wholeBoxes(count.large, { width: left - GAP_PX, height: area.height }),
    small: each(shown, (index) => ({ left, top: top + index * (height + GAP_PX), width, height })),
  };
}

function withStripBelow(count: { large: number; small: number }, area: Area): StageBoxes {
  const height = clamp(area.height * BELOW.share, BELOW);
  const width = fittingLength(height * BELOW.aspect, count.small, area.width);
  const fitting = Math.max(1, Math.floor((area.width + GAP_PX) / (width + GAP_PX) + ROUNDING));
  const shown = Math.min(count.small, fitting);
  const first = (area.width - shown * width - (shown - 1) * GAP_PX) / 2;
  const top = area.height - height;
  return {
    large: wholeBoxes(count.large, { width: area.width, height: top - GAP_PX }),
    small: each(shown, (index) => ({ left: first + index * (width + GAP_PX), top, width, height })),
  };
}

/** As wished, or less so that the first few have room in `whole`. */
function fittingLength(wished: number, count: number, whole: number): number {
  const together = Math.min(count, ALWAYS_FIT);
  return Math.min(wished, Math.max(NARROWEST_PX, (whole - (together - 1) * GAP_PX) / together));
}

/** They take all the room there is: what is shown in them is seen whole. */
function wholeBoxes(count: number, area: Area): Box[] {
  if (count <= 0) return [];
  const shapes = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    return { columns, ...cellOf(columns, Math.ceil(count / columns), area) };
  });
  const best = shapes.reduce((one, other) => (screenSizeOf(other) > screenSizeOf(one) ? other : one));
  return rowsOf(count, best, area);
}

function rowsOf(count: number, tile: Area & { columns: number }, area: Area): Box[] {
  const { columns, width, height } = tile;
  const rows = Math.ceil(count / columns);
  const top = (area.height - rows * height - (rows - 1) * GAP_PX) / 2;
  return each(count, (index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (area.width - inRow * width - (inRow - 1) * GAP_PX) / 2;
    return {
      left: left + (index % columns) * (width + GAP_PX),
      top: top + row * (height + GAP_PX),
      ...{ width, height },
    };
  });
}

function cellOf(columns: number, rows: number, area: Area): Area {
  return {
    width: Math.max(0, (area.width - (columns - 1) * GAP_PX) / columns),
    height: Math.max(0, (area.height - (rows - 1) * GAP_PX) / rows),
  };
}

function each(count: number, boxAt: (index: number) => Box): Box[] {
  return Array.from({ length: count }, (_, index) => boxAt(index));
}

function clamp(wanted: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, wanted));
}

function sizeOf({ width, height }: Area): number {
  return width * height;
}

/** How large a screen is within it. */
function screenSizeOf({ width, height }: Area): number {
  const seen = Math.min(width, height * SCREEN_ASPECT);
  return (seen * seen) / SCREEN_ASPECT;
}

const MOSAIC_GAP_PX = 2;

/** Fills a small window without a rest: halves, and halves of these. */
export function mosaicBoxes(count: number, area: Area): Box[] {
  return halve(count, { left: 0, top: 0, ...area });
}

function halve(count: number, box: Box): Box[] {
  if (count <= 0) return [];
  if (count === 1) return [box];
  const first = Math.floor(count / 2);
  const { left, top, width, height } = box;
  if (width > height) {
    const half = (width - MOSAIC_GAP_PX) / 2;
    const other = { left: left + half + MOSAIC_GAP_PX, top, width: half, height };
    return [...halve(first, { left, top, width: half, height }), ...halve(count - first, other)];
  }
  const half = (height - MOSAIC_GAP_PX) / 2;
  const other = { left, top: top + half + MOSAIC_GAP_PX, width, height: half };
  return [...halve(first, { left, top, width, height: half }), ...halve(count - first, other)];
}
