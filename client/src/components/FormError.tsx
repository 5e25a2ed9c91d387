import { IconAlertCircle } from '@tabler/icons-react';
import classes from './FormError.module.css';

export interface FormErrorProps {
  /** What happened and what to do next; nothing is drawn without it. */
  text?: string | undefined;
}

/** What went wrong with a whole form, read out when it appears. */
export function FormError({ text }: FormErrorProps) {
  return (
    <div role="alert">
      {text && (
        <p className={classes.error}>
          <IconAlertCircle size={18} stroke={2} aria-hidden="true" className={classes.icon} />
          {text}
        </p>
      )}
    </div>
  );
}
