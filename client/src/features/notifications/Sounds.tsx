import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { keepSounds, readSounds, type SoundSettings } from '../../net/soundSettings.ts';
import classes from './notifications.module.css';
import { playMessageSound } from './playMessageSound.ts';

/** What makes itself heard on this device: its notifications follow it, and so does the open app. */
export function Sounds() {
  const { t } = useTranslation();
  const [sounds, setSounds] = useState(() => readSounds(localStorage));

  function change(part: Partial<SoundSettings>) {
    const next = { ...sounds, ...part };
    setSounds(next);
    keepSounds(localStorage, 'caches' in window ? caches : null, next).catch((error: unknown) =>
      console.debug('Notifications of this device do not know of it yet:', error),
    );
    if (part.messages) void playMessageSound();
  }
  return (
    <section className={classes.section} aria-label={t('notifications.sounds')}>
      <h2 className={classes.heading}>{t('notifications.sounds')}</h2>
      <SwitchRow
        title={t('notifications.messageSound')}
        hint={t('notifications.messageSoundHint')}
        isOn={sounds.messages}
        onChange={(messages) => change({ messages })}
      />
      <SwitchRow
        title={t('notifications.ringtone')}
        hint={t('notifications.ringtoneHint')}
        isOn={sounds.calls}
        onChange={(calls) => change({ calls })}
      />
    </section>
  );
}
