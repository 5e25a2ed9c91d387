import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import classes from './LevelMeter.module.css';

const SEGMENTS = 20;
/** Without motion the bar steps this seldom. */
const STILL_EVERY_MS = 400;
/** Breath and fans stay below. */
const HEARD_LEVEL = 0.4;

/** How loud the microphone is; says so once it has heard anything. */
export function LevelMeter({ media }: { media: LocalMedia }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLSpanElement>(null);
  const [wasHeard, setWasHeard] = useState(false);

  useEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let frame = 0;
    let drawnAt = Number.NEGATIVE_INFINITY;
    function draw(now: number): void {
      frame = requestAnimationFrame(draw);
      if (isStill && now - drawnAt < STILL_EVERY_MS) return;
      drawnAt = now;
      const level = Math.min(1, media.readLevel());
      const shown = isStill ? Math.round(level * SEGMENTS) / SEGMENTS : level;
      if (bar.current) bar.current.style.transform = `scaleX(${shown})`;
      if (level >= HEARD_LEVEL) setWasHeard(true);
    }
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [media]);

  return (
    <>
      <span className={classes.meter} role="img" aria-label={t('callSheets.level')}>
        <span ref={bar} className={classes.level} />
      </span>
      <p className={classes.words} role="status" data-heard={wasHeard}>
        {wasHeard ? t('callSheets.heard') : t('callSheets.saySomething')}
      </p>
    </>
  );
}
