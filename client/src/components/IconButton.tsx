import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './IconButton.module.css';

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'title'> {
  /** Says what happens; also the tooltip. */
  label: string;
  icon: ReactNode;
  tone?: 'accent' | 'quiet' | 'urgent' | 'filled';
}

/** A 44 px target around an icon of 24. Other button attributes, `ref` included, go to the button. */
export function IconButton({ label, icon, tone = 'accent', className, ...others }: IconButtonProps) {
  const look = `${classes.button} ${classes[tone]}`;
  return (
    <button
      type="button"
      {...others}
      className={className ? `${look} ${className}` : look}
      aria-label={label}
      title={label}
    >
      {icon}
    </button>
  );
}
