import { type ReactNode, useId } from 'react';
import classes from './PushCard.module.css';

type Action = { label: string; onClick: () => void };

type Props = { icon: ReactNode; title: string; text: string; action: Action; decline: Action };

/** Something to decide, at the foot of the list: calm, and gone with either answer. */
export function PushCard({ icon, title, text, action, decline }: Props) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={classes.words} role="status">
        <p id={id} className={classes.title}>
          {title}
        </p>
        <p className={classes.text}>{text}</p>
      </div>
      <div className={classes.actions}>
        <button type="button" className={classes.action} onClick={action.onClick}>
          {action.label}
        </button>
        <button type="button" className={classes.action} data-look="quiet" onClick={decline.onClick}>
          {decline.label}
        </button>
      </div>
    </section>
  );
}
