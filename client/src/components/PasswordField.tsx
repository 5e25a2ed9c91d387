import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';
import classes from './PasswordField.module.css';
import { type PasswordStrength, passwordStrength } from './passwordStrength.ts';
import { TextField, type TextFieldProps } from './TextField.tsx';

export interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'rightSection' | 'value'> {
  value: string;
  /** Shows four bars and a word below; for passwords that are being chosen. */
  hasStrength?: boolean;
}

export function PasswordField({ value, hasStrength = false, ...field }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  return (
    <div>
      <TextField
        {...field}
        value={value}
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        spellCheck={false}
        rightSectionWidth={52}
        rightSection={
          <IconButton
            label={isShown ? t('identity.hidePassword') : t('identity.showPassword')}
            icon={isShown ? <IconEyeOff size={20} stroke={1.75} /> : <IconEye size={20} stroke={1.75} />}
            tone="quiet"
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
          />
        }
      />
      {hasStrength && <Strength strength={passwordStrength(value)} />}
    </div>
  );
}

function Strength({ strength }: { strength: PasswordStrength }) {
  const { t } = useTranslation();
  const words = {
    0: '',
    1: t('identity.strength1'),
    2: t('identity.strength2'),
    3: t('identity.strength3'),
    4: t('identity.strength4'),
  };
  return (
    <div className={classes.strength} data-strength={strength}>
      {[1, 2, 3, 4].map((bar) => (
        <span key={bar} className={bar <= strength ? classes.full : classes.bar} aria-hidden="true" />
      ))}
      <span className={classes.word} role="status">
        {words[strength]}
      </span>
    </div>
  );
}
