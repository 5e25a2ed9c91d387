import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenOutboxContext } from '../components/OpenOutboxContext.ts';
import { preloadSheet } from '../components/Sheet.tsx';
import { useToast } from '../components/ToastContext.ts';

type Panel = ComponentType<{ isOpen: boolean; onClose: () => void }>;

/** After the first screen has what it needs. */
const PRELOAD_AFTER_MS = 1_000;

async function loadPanel(): Promise<Panel> {
  const [{ OutboxSheet }] = await Promise.all([import('../features/outbox/OutboxSheet.tsx'), preloadSheet()]);
  return OutboxSheet;
}

/** Lets every screen open the outbox. Its code comes early: it is wanted most when there is no network. */
export function OutboxHost({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const showToast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<{ Panel: Panel } | null>(null);

  const open = useCallback(() => {
    loadPanel().then(
      (Panel) => {
        setLoaded({ Panel });
        setOpen(true);
      },
      () => showToast({ text: t('common.screenNotLoaded') }),
    );
  }, [showToast, t]);

  useEffect(() => {
    // Where it does not come now, it is asked for again when it is opened.
    const timer = setTimeout(() => void Promise.allSettled([loadPanel()]), PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <OpenOutboxContext value={open}>
      {children}
      {loaded && <loaded.Panel isOpen={isOpen} onClose={() => setOpen(false)} />}
    </OpenOutboxContext>
  );
}
