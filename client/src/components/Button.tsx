import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './Button.module.css';

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  children: ReactNode;
  /** One filled button per screen. */
  look?: 'filled' | 'outline' | 'soft' | 'plain' | 'urgent';
  size?: 'large' | 'small';
  isWide?: boolean;
  /** Says it is at work and takes no second press; keeps its place and its focus. */
  isBusy?: boolean;
}

export function Button(props: ButtonProps) {
  const { look = 'filled', size = 'large', isWide = false, isBusy = false, onClick, ...others } = props;
  const names = [classes.button, classes[look], classes[size], isWide ? classes.wide : '', others.className];
  return (
    <button
      type="button"
      {...others}
      className={names.filter(Boolean).join(' ')}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    />
  );
}
