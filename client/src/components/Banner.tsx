import type { ReactNode } from 'react';
import classes from './Banner.module.css';

export interface BannerProps {
  icon: ReactNode;
  title: string;
  text?: string;
  action?: { label: string; onClick: () => void };
}

/** The band at the list's foot: offline, connecting. It comes from below and is read out politely. */
export function Banner({ icon, title, text, action }: BannerProps) {
  return (
    <div className={classes.band} role="status">
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {text && <span className={classes.text}>{text}</span>}
      </span>
      {action && (
        <button type="button" className={classes.action} onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}
