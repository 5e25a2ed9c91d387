import { useId } from 'react';
import { MARK_PATH } from './markPath.ts';

export interface MarkProps {
  /** Width and height in pixels. */
  size: number;
  /** `plain`: the flag in the theme's colours. `water`: as it stands on teal. `tile`: the app's icon. */
  look?: 'plain' | 'water' | 'tile';
}

/** The flag Kilo, decorative: a name or sentence stands beside it. */
export function Mark({ size, look = 'plain' }: MarkProps) {
  const id = useId();
  const [hoist, fly] =
    look === 'plain' ? ['var(--ahoy-mark-hoist)', 'var(--ahoy-mark-fly)'] : ['#f6e7cb', '#7fd6ca'];
  const flag = (
    <>
      <path d={MARK_PATH} fill={hoist} clipPath={`url(#${id}-hoist)`} />
      <path d={MARK_PATH} fill={fly} clipPath={`url(#${id}-fly)`} />
    </>
  );
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <defs>
        <clipPath id={`${id}-hoist`}>
          <path d="M0 0H25V48H0Z" />
        </clipPath>
        <clipPath id={`${id}-fly`}>
          <path d="M25 0H48V48H25Z" />
        </clipPath>
        <linearGradient id={`${id}-water`} x1="0" y1="0" x2="0.3" y2="1">
          <stop offset="0" stopColor="#10666d" />
          <stop offset="1" stopColor="#083c44" />
        </linearGradient>
      </defs>
      {look !== 'tile' ? (
        flag
      ) : (
        <>
          <rect width="48" height="48" rx="12" fill={`url(#${id}-water)`} />
          <g transform="translate(24 24) scale(0.84) translate(-25 -24)">{flag}</g>
        </>
      )}
    </svg>
  );
}
