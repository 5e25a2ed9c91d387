import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './RoundButton.module.css';

export interface RoundButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'className'> {
  icon: ReactNode;
  /** Stands below the button. */
  label: string;
  tone: 'no' | 'yes' | 'glass' | 'outline';
  isLarge?: boolean;
}

/** A round button with its word below: 76 for the answer itself, 60 for what stands beside it. */
export function RoundButton({ icon, label, tone, isLarge = false, ...others }: RoundButtonProps) {
  return (
    <button
      type="button"
      {...others}
      className={classes.button}
      data-tone={tone}
      data-large={isLarge || undefined}
    >
      <span className={classes.disc} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.label}>{label}</span>
    </button>
  );
}
