import classes from './Badge.module.css';

export interface BadgeProps {
  /** Nothing is drawn for 0; above 999 `999+`. */
  count: number;
  /** Grey, for muted chats. */
  isMuted?: boolean;
  /** What the number counts, for readers; without it the badge is decorative. */
  label?: string;
}

export function Badge({ count, isMuted = false, label }: BadgeProps) {
  if (count <= 0) return null;
  return (
    <span className={isMuted ? classes.muted : classes.badge}>
      <span aria-hidden="true">{count > 999 ? '999+' : count}</span>
      {label && <span className={classes.label}>{label}</span>}
    </span>
  );
}
