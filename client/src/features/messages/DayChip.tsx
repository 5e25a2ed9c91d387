import classes from './DayChip.module.css';

/** The day, between messages or floating above them. */
export function DayChip({ day }: { day: string }) {
  return (
    <div className={classes.line}>
      <span className={classes.chip}>{day}</span>
    </div>
  );
}

/** The day of what is on the screen, while it scrolls. */
export function FloatingDay({ day, isShown }: { day: string; isShown: boolean }) {
  return (
    <div className={classes.floating} data-shown={isShown} aria-hidden="true">
      <span className={classes.chip}>{day}</span>
    </div>
  );
}
