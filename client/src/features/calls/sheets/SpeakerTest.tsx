import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { playTone } from './playTone.ts';

/** Lets one hear which speaker it is. */
export function SpeakerTest({ speakerId }: { speakerId: string | null }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'quiet' | 'playing' | 'failed'>('quiet');
  function play(): void {
    setState('playing');
    playTone(speakerId).then(
      () => setState('quiet'),
      () => setState('failed'),
    );
  }
  return (
    <>
      <Button look="soft" size="small" isBusy={state === 'playing'} onClick={play}>
        <IconVolume size={18} stroke={2} aria-hidden="true" />
        {state === 'playing' ? t('callSheets.playing') : t('callSheets.playTone')}
      </Button>
      <FormError text={state === 'failed' ? t('callSheets.toneFailed') : undefined} />
    </>
  );
}
