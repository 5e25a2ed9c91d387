export type Corner = 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';
type Box = { left: number; top: number; width: number; height: number };

/** The corner of `around` that the middle of `box` is nearest to. */
export function nearestCorner(box: Box, around: Box): Corner {
  const isLeft = box.left + box.width / 2 < around.left + around.width / 2;
  const isTop = box.top + box.height / 2 < around.top + around.height / 2;
  return cornerOf(isTop, isLeft);
}

/** Where an arrow key leads from a corner; null: it is none of them. */
export function cornerByKey(corner: Corner, key: string): Corner | null {
  const isTop = corner.startsWith('top');
  const isLeft = corner.endsWith('Left');
  switch (key) {
    case 'ArrowUp':
      return cornerOf(true, isLeft);
    case 'ArrowDown':
      return cornerOf(false, isLeft);
    case 'ArrowLeft':
      return cornerOf(isTop, true);
    case 'ArrowRight':
      return cornerOf(isTop, false);
    default:
      return null;
  }
}

function cornerOf(isTop: boolean, isLeft: boolean): Corner {
  if (isTop) return isLeft ? 'topLeft' : 'topRight';
  return isLeft ? 'bottomLeft' : 'bottomRight';
}
