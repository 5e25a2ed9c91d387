import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { type ShowToast, ToastContext, type ToastMessage } from './ToastContext.ts';
import classes from './ToastProvider.module.css';

const SHOWN_MS = 5_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<(ToastMessage & { number: number }) | null>(null);
  const counter = useRef(0);

  const show = useCallback<ShowToast>((message) => {
    counter.current += 1;
    setToast({ ...message, number: counter.current });
  }, []);

  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  return (
    <ToastContext value={show}>
      {children}
      <div className={classes.place} role="status">
        {toast && (
          <div key={toast.number} className={classes.toast}>
            <span className={classes.text}>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                className={classes.action}
                onClick={() => {
                  toast.action?.onClick();
                  setToast(null);
                }}
              >
                {toast.action.label}
              </button>
            )}
          </div>
        )}
      </div>
    </ToastContext>
  );
}
