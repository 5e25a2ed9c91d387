import '@mantine/core/styles/Input.css';
import { TextInput, type TextInputProps } from '@mantine/core';
import classes from './TextField.module.css';

export interface TextFieldProps
  extends Omit<TextInputProps, 'description' | 'size' | 'classNames' | 'inputWrapperOrder'> {
  label: string;
  /** Stands at the right of the label. */
  hint?: string;
  /** Explains, below the field. */
  help?: string;
}

/** A labelled line of text. `error` replaces the help, is tied to the field, and is read out. */
export function TextField({ hint, help, error, ...input }: TextFieldProps) {
  const hasHelpBelow = Boolean(help) && !error;
  return (
    <TextInput
      {...input}
      error={error}
      description={hint ?? (hasHelpBelow ? help : undefined)}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      classNames={{
        root: classes.root,
        label: classes.label,
        description: hint ? classes.hint : classes.help,
        wrapper: classes.wrapper,
        input: classes.input,
        error: classes.error,
        section: classes.section,
      }}
      errorProps={{ role: 'alert' }}
    />
  );
}
