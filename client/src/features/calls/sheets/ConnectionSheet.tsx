import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../../components/Sheet.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import type { CallSession, RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import classes from './ConnectionSheet.module.css';
import { Figures } from './Figures.tsx';
import { linkFigures } from './linkFigures.ts';
import { qualityWords } from './qualityWords.ts';
import { SignalBars } from './SignalBars.tsx';
import shared from './sheets.module.css';
import { useNumbers } from './useNumbers.ts';
import { usePersonName } from './usePersonName.ts';
import { canSetVolume, VolumeSlider } from './VolumeSlider.tsx';

type Props = { session: CallSession; isOpen: boolean; onClose: () => void };

/** How the connection to each of the others is: whose side suffers, why, what helps, and the figures. */
export function ConnectionSheet({ session, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const remotes = useStoreOf(session.store, (state) => state.remotes);
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('callSheets.connection')} layer="call">
      <div className={shared.body}>
        {remotes.length === 0 && <p className={shared.note}>{t('callSheets.connectionAlone')}</p>}
        {remotes.map((remote) => (
          <Remote key={remote.participantId} remote={remote} setVolume={session.setVolume} />
        ))}
      </div>
    </Sheet>
  );
}

type RemoteProps = { remote: RemoteSnapshot; setVolume: CallSession['setVolume'] };

function Remote({ remote, setVolume }: RemoteProps) {
  const { t } = useTranslation();
  const name = usePersonName(remote.userId);
  const numbers = useNumbers();
  const [hasVolume] = useState(canSetVolume);
  const { participantId, quality, connection, volume } = remote;
  const words = qualityWords(quality);
  const isConnected = connection === 'connected';
  return (
    <section className={shared.section} aria-label={name}>
      <div className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <SignalBars bars={isConnected ? (quality?.bars ?? null) : 0} />
      </div>
      <p className={classes.words} role="status">
        {isConnected ? (
          <>
            <strong>{t(words.text, { name })}</strong> {words.help && t(words.help)}
          </>
        ) : (
          <strong>{t(`callSheets.${connection}`)}</strong>
        )}
      </p>
      {hasVolume && (
        <VolumeSlider name={name} volume={volume} onChange={(next) => setVolume(participantId, next)} />
      )}
      {quality && (
        <Figures
          rows={linkFigures(t, numbers, quality.stats).map(({ label, value }) => ({
            label: t(label),
            value: value ?? t('callSheets.notKnown'),
          }))}
        />
      )}
    </section>
  );
}
