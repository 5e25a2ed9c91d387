import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState.tsx';
import { useServices } from '../components/ServicesContext.tsx';
import { SkeletonRows } from '../components/SkeletonRows.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';
import { DevicesPanel } from '../features/calls/sheets/DevicesPanel.tsx';
import { SubPage } from '../features/settings/SubPage.tsx';
import type { CallSession } from '../rtc/callSnapshot.ts';
import type { LocalMedia } from '../rtc/media/localMedia.ts';
import classes from './SoundAndCameraPage.module.css';

/** The devices of calls, in the settings: those of the running call, or a preview of one's own. */
export function SoundAndCameraPage() {
  const { t } = useTranslation();
  const { calls } = useServices();
  const session = useStoreOf(calls.store, (state) => state.session);
  return (
    <SubPage title={t('callSheets.soundAndCamera')}>
      <div className={classes.page}>{session ? <OfCall session={session} /> : <Preview />}</div>
    </SubPage>
  );
}

function OfCall({ session }: { session: CallSession }) {
  const hasEnded = useStoreOf(session.store, (state) => state.phase === 'ended');
  return hasEnded ? <Preview /> : <DevicesPanel media={session.media} ownsMedia={false} />;
}

function Preview() {
  const { t } = useTranslation();
  const { calls } = useServices();
  const [media, setMedia] = useState<LocalMedia | 'failed' | null>(null);
  useEffect(() => {
    let isLeft = false;
    calls.openMedia().then(
      (opened) => !isLeft && setMedia(opened),
      () => !isLeft && setMedia('failed'),
    );
    return () => {
      isLeft = true;
    };
  }, [calls]);
  if (media === null) return <SkeletonRows count={3} shape="icon" />;
  if (media === 'failed') return <EmptyState role="alert" text={t('callSheets.mediaFailed')} />;
  return <DevicesPanel media={media} ownsMedia />;
}
