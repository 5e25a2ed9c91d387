import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { OpenOutboxContext } from '../components/OpenOutboxContext.ts';
import { preloadSheet } from '../components/Sheet.tsx';

const loadOutbox = async () => ({
  default: (await import('../features/outbox/OutboxSheet.tsx')).OutboxSheet,
});
const OutboxSheet = lazy(loadOutbox);

/** After the first screen has what it needs. */
const PRELOAD_AFTER_MS = 3_000;

/** Lets every screen open the outbox. Its code comes early: it is wanted most when there is no network. */
export function OutboxHost({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = useCallback(() => {
    setWasOpened(true);
    setOpen(true);
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      // Where it does not come now, it is asked for again when it is opened.
      void Promise.allSettled([loadOutbox(), preloadSheet()]);
    }, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <OpenOutboxContext value={open}>
      {children}
      {wasOpened && (
        <Suspense fallback={null}>
          <OutboxSheet isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </OpenOutboxContext>
  );
}
