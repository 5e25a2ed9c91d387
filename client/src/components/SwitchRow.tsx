import '@mantine/core/styles/Switch.css';
import { Switch } from '@mantine/core';
import { useId } from 'react';
import { FormError } from './FormError.tsx';
import classes from './SwitchRow.module.css';

export interface SwitchRowProps {
  title: string;
  /** What it means as it stands. */
  hint?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
  /** Why the last change failed. */
  error?: string | undefined;
}

/** Something that is on or off, with a line below that says what that means. */
export function SwitchRow({ title, hint, isOn, isDisabled = false, onChange, error }: SwitchRowProps) {
  const id = useId();
  return (
    <>
      <label className={classes.row} htmlFor={id}>
        <span>{title}</span>
        <Switch
          id={id}
          checked={isOn}
          disabled={isDisabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
          size="lg"
          withThumbIndicator={false}
          aria-describedby={hint ? `${id}-hint` : undefined}
          classNames={{ track: classes.track }}
        />
      </label>
      <div className={classes.below}>
        {hint && (
          <p id={`${id}-hint`} className={classes.hint}>
            {hint}
          </p>
        )}
        <FormError text={error} />
      </div>
    </>
  );
}
