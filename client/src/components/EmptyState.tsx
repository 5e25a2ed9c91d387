import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import classes from './EmptyState.module.css';
import { Mark } from './Mark.tsx';

export interface EmptyStateProps {
  /** One sentence. */
  text: string;
  hint?: string;
  /** `soft` where the screen has its filled button already. */
  action?: { label: string; onClick: () => void; look?: 'filled' | 'soft' };
  /** The sentence is the page's heading, where there is no other. */
  isHeading?: boolean;
  /** `alert` for what failed. */
  role?: 'status' | 'alert';
  children?: ReactNode;
}

/** The mark, one sentence, one button. Fills and centres itself in the space it is given. */
export function EmptyState({ text, hint, action, isHeading = false, role, children }: EmptyStateProps) {
  return (
    <div className={classes.root} role={role}>
      <Mark size={64} />
      {isHeading ? <h1 className={classes.text}>{text}</h1> : <p className={classes.text}>{text}</p>}
      {hint && <p className={classes.hint}>{hint}</p>}
      {action && (
        <Button
          look={action.look ?? 'filled'}
          size="small"
          onClick={action.onClick}
          className={classes.action}
        >
          {action.label}
        </Button>
      )}
      {children}
    </div>
  );
}
