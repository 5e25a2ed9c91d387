import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useBackGesture } from '../../../components/useBackGesture.ts';
import { CallBody } from './CallBody.tsx';
import classes from './CallScreen.module.css';
import { CallSheets } from './CallSheets.tsx';
import type { CallModel, CallView } from './callModel.ts';
import { FloatingCall, FloatingEnd } from './FloatingCall.tsx';
import { Stage } from './Stage.tsx';
import { useCallKeys } from './useCallKeys.ts';
import { useCallSheet } from './useCallSheet.ts';
import { useControlsVisible } from './useControlsVisible.ts';
import { useCorner } from './useCorner.ts';
import { usePictureInPicture } from './usePictureInPicture.ts';

export type CallScreenProps = {
  model: CallModel;
  view: CallView;
  isSoundRefused: boolean;
  onHear: () => void;
  onMinimise: (isMinimised: boolean) => void;
  onChat: () => void;
  onMessage: () => void;
};

/** The call itself: over everything, beside its chat, or floating. Its pictures stay the same elements in all of them. */
export function CallScreen({ model, view, onMinimise, onChat, ...others }: CallScreenProps) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { call, name, hasPicture } = model;
  const isFloating = view === 'floating';
  const isEnded = call.phase === 'ended';
  const root = useRef<HTMLElement>(null);
  const { sheet, showSheet } = useCallSheet(isEnded);
  const parts = useRef<readonly (HTMLElement | null)[]>([]);
  const mayHide =
    hasPicture && model.onlyRemote !== null && !isFloating && sheet === null && call.phase === 'active';
  const { isVisible, wake } = useControlsVisible(parts, mayHide);
  const { corner, handlers } = useCorner(root, 'topRight', isFloating);
  const onPictureInPicture = usePictureInPicture(root, hasPicture);
  const onCallKey = useCallKeys(model, () => !isFloating && onMinimise(true));

  useBackGesture(view === 'full', () => (isEnded ? calls.dismiss() : onMinimise(true)));

  // What had the focus goes when the call ends: from its frame, keys and readers go on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end takes it once more
  useEffect(() => {
    if (view === 'full') root.current?.focus({ preventScroll: true });
  }, [view, isEnded]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    wake();
    handlers.onKeyDown(event);
    onCallKey(event);
  }

  return (
    <>
      <section
        ref={root}
        className={classes.call}
        tabIndex={-1}
        aria-label={t('calls.callWith', { name })}
        data-view={view}
        data-picture={hasPicture || undefined}
        data-corner={isFloating ? corner : undefined}
        data-idle={!isVisible || undefined}
        {...handlers}
        onKeyDown={onKeyDown}
        onPointerMove={wake}
        onFocus={wake}
        onClick={wake}
      >
        <Stage model={model} />
        {!isFloating && (
          <CallBody
            model={model}
            view={view}
            parts={parts}
            onMinimise={() => onMinimise(true)}
            onChat={onChat}
            onSheet={showSheet}
            {...others}
          />
        )}
        {isFloating && !isEnded && <FloatingCall model={model} onOpen={() => onMinimise(false)} />}
        {isFloating && isEnded && <FloatingEnd model={model} onOpen={() => onMinimise(false)} />}
      </section>
      <CallSheets
        model={model}
        sheet={isEnded ? null : sheet}
        onSheet={showSheet}
        onChat={onChat}
        onPictureInPicture={onPictureInPicture}
      />
    </>
  );
}
