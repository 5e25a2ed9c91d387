import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { TextField } from '../../components/TextField.tsx';
import classes from './CodeEntry.module.css';
import { RoomFrame } from './RoomFrame.tsx';
import { typedKey } from './roomKeys.ts';

/** Signs that are no part of a code. */
const FILLERS = /[\s-]/g;

/** For who was told a code, or holds a link that the system did not open. */
export function CodeEntry({ onKey }: { onKey: (key: string) => void }) {
  const { t } = useTranslation();
  const scanQr = useServices().telegram?.scanQr ?? null;
  const [text, setText] = useState('');
  const [isChecked, setChecked] = useState(false);
  const key = typedKey(text);
  const isTooShort = key === null || key.replaceAll(FILLERS, '').length < LIMITS.roomCodeLength;

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isTooShort) onKey(key);
  }
  async function scan(scanned: Promise<string | null>) {
    const found = typedKey((await scanned) ?? '');
    if (found !== null) onKey(found);
  }
  return (
    <RoomFrame title={t('rooms.codeTitle')} lead={t('rooms.codeLead')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextField
          label={t('rooms.code')}
          placeholder="XXXXX-XXXXX"
          autoFocus
          autoCapitalize="characters"
          autoCorrect="off"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChecked(false);
          }}
          error={isChecked && isTooShort ? t('rooms.codeShort') : undefined}
        />
        <Button type="submit" isWide>
          {t('rooms.goOn')}
        </Button>
        {scanQr && (
          <Button look="soft" isWide onClick={() => void scan(scanQr())}>
            {t('telegram.scan')}
          </Button>
        )}
      </form>
    </RoomFrame>
  );
}
