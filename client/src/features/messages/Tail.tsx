import classes from './Bubble.module.css';

/** The point of the last message of a group; mirrored for own ones by the style sheet. */
export function Tail() {
  return (
    <svg className={classes.tail} viewBox="0 0 15 9" width="15" height="9" aria-hidden="true">
      <path className={classes.tailFill} d="M0 0H15V1C9.4 1.9 5.2 4.2 2.2 8.1C1.5 9 0 8.8 0 7.5Z" />
      <path className={classes.tailCover} d="M1.5-.75H13.5V1H1.5Z" />
      <path className={classes.tailLine} d="M.75 0V7.5C.75 8.3 1.5 8.5 2 7.9C5 4.1 9.2 1.6 15 .25" />
    </svg>
  );
}
