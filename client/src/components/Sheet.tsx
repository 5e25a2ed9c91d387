import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

export interface SheetProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  subtitle?: string;
  /** `call`: opened from a call's screens, which cover the page. */
  layer?: 'page' | 'call';
  children: ReactNode;
}

/** Brings the code of all sheets before the first is opened. */
export async function preloadSheet() {
  const { SheetDialog } = await import('./SheetDialog.tsx');
  return { default: SheetDialog };
}

const SheetDialog = lazy(preloadSheet);

/** From the bottom on a phone, in the middle of a desktop. Its code loads when one is opened first. */
export function Sheet(props: SheetProps) {
  const [wasOpened, setWasOpened] = useState(props.isOpen);
  useEffect(() => {
    if (props.isOpen) setWasOpened(true);
  }, [props.isOpen]);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <SheetDialog {...props} />
    </Suspense>
  );
}
