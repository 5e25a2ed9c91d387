import type { ReactNode } from 'react';
import classes from './Banner.module.css';

export interface BannerProps {
  icon: ReactNode;
  title: string;
  text?: string;
  action?: {
    label: string;
    /** The whole of it for screen readers, where the label alone says too little. */
    description?: string;
    onClick: () => void;
  };
  tone?: 'normal' | 'urgent';
}

/** The band at the list's foot: offline, connecting. It comes from below and is read out politely. */
export function Banner({ icon, title, text, action, tone = 'normal' }: BannerProps) {
  return (
    <div className={classes.band} data-tone={tone}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.words} role="status">
        <span className={classes.title}>{title}</span>
        {text && <span className={classes.text}>{text}</span>}
      </span>
      {action && (
        <button
          type="button"
          className={classes.action}
          aria-label={action.description}
          onClick={action.onClick}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}
