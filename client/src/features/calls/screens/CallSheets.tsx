import { useEffect, useState } from 'react';
import { preloadSheet } from '../../../components/Sheet.tsx';
import { ConnectionSheet } from '../sheets/ConnectionSheet.tsx';
import { DevicesSheet } from '../sheets/DevicesSheet.tsx';
import { PermissionSheet } from '../sheets/PermissionSheet.tsx';
import { TrustSheet } from '../sheets/TrustSheet.tsx';
import type { CallModel } from './callModel.ts';
import { MoreSheet } from './MoreSheet.tsx';
import type { CallSheet } from './useCallSheet.ts';

type Props = {
  model: CallModel;
  /** The one that is open. */
  sheet: CallSheet | null;
  onSheet: (sheet: CallSheet | null) => void;
  onChat: () => void;
  onPictureInPicture: (() => void) | null;
};

/** What opens over a call. Their code comes with the call's: they are wanted most when the network is gone. */
export function CallSheets({ model, sheet, onSheet, onChat, onPictureInPicture }: Props) {
  const { session, onlyRemote, name } = model;
  const { media } = session;
  const [opened, setOpened] = useState<ReadonlySet<CallSheet>>(new Set());
  useEffect(() => {
    if (sheet !== null) setOpened((before) => new Set(before).add(sheet));
  }, [sheet]);
  useEffect(() => {
    // Where it does not come now, it is asked for again when one is opened.
    void Promise.allSettled([preloadSheet()]);
  }, []);
  // Closed ones stay where they are, so that they can leave; those never opened cost nothing.
  const of = (kind: CallSheet) => ({ isOpen: sheet === kind, onClose: () => onSheet(null) });
  return (
    <>
      <MoreSheet
        model={model}
        {...of('more')}
        onChat={onChat}
        onDevices={() => onSheet('devices')}
        onConnection={() => onSheet('connection')}
        onPictureInPicture={onPictureInPicture}
      />
      {opened.has('devices') && <DevicesSheet media={media} {...of('devices')} />}
      {opened.has('connection') && <ConnectionSheet session={session} {...of('connection')} />}
      {opened.has('trust') && <TrustSheet emoji={onlyRemote?.emoji ?? null} name={name} {...of('trust')} />}
      {opened.has('help') && <PermissionSheet media={media} {...of('help')} />}
    </>
  );
}
