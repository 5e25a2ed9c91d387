import { useEffect, useRef, useState } from 'react';
import classes from './CodeField.module.css';

export interface CodeFieldProps {
  /** Digits only, up to six. */
  value: string;
  onChange: (digits: string) => void;
  label: string;
  error?: string;
  autoFocus?: boolean;
}

const PLACES = [0, 1, 2, 3, 4, 5];
const LENGTH = PLACES.length;

/**
 * Six boxes drawn over one real field: pasting, arrows, autofill from a letter and screen readers
 * work as in any field, which six separate inputs never quite manage.
 */
export function CodeField({ value, onChange, label, error, autoFocus }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const updateCaret = () => setCaret(input.current?.selectionStart ?? null);
  // React takes the first focus itself, before it tells anyone of events.
  useEffect(() => {
    if (document.activeElement === input.current) setCaret(input.current?.selectionStart ?? null);
  }, []);
  const active = caret === null ? null : Math.min(caret, LENGTH - 1);

  return (
    <div>
      <div className={classes.field} data-error={error ? true : undefined}>
        <input
          ref={input}
          className={classes.input}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, LENGTH));
            updateCaret();
          }}
          onSelect={updateCaret}
          onFocus={updateCaret}
          onBlur={() => setCaret(null)}
          aria-label={label}
          aria-invalid={Boolean(error)}
          aria-describedby={error ? 'code-error' : undefined}
          inputMode="numeric"
          pattern="[0-9]*"
          autoComplete="one-time-code"
          // biome-ignore lint/a11y/noAutofocus: the code is all that this page asks for
          autoFocus={autoFocus}
          name="code"
        />
        <span className={classes.boxes} aria-hidden="true">
          {PLACES.map((place) => (
            <Box key={place} digit={value[place]} isActive={active === place} hasDash={place === 3} />
          ))}
        </span>
      </div>
      {error && (
        <p id="code-error" role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </div>
  );
}

function Box({ digit, isActive, hasDash }: { digit?: string; isActive: boolean; hasDash: boolean }) {
  return (
    <>
      {hasDash && <span className={classes.dash} />}
      <span className={classes.box} data-active={isActive || undefined}>
        {digit ?? (isActive && <span className={classes.caret} />)}
      </span>
    </>
  );
}
