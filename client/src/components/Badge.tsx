import classes from './Badge.module.css';

export interface BadgeProps {
  /** Nothing is drawn for 0; above 999 `999+`. */
  count: number;
  /** Grey, for muted chats. */
  isMuted?: boolean;
  /** Coral, for missed calls alone. */
  isUrgent?: boolean;
  /** What the number counts, for readers; without it the badge is decorative. */
  label?: string;
}

export function Badge({ count, isMuted = false, isUrgent = false, label }: BadgeProps) {
  if (count <= 0) return null;
  const look = isUrgent ? classes.urgent : isMuted ? classes.muted : classes.badge;
  return (
    <span className={look}>
      <span aria-hidden="true">{count > 999 ? '999+' : count}</span>
      {label && <span className={classes.label}>{label}</span>}
    </span>
  );
}
