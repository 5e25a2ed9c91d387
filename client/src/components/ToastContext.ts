import { createContext, useContext } from 'react';

export interface ToastMessage {
  text: string;
  action?: { label: string; onClick: () => void };
}

/** Shows one ink pill for 5 s; a newer one takes its place. */
export type ShowToast = (message: ToastMessage) => void;

export const ToastContext = createContext<ShowToast | null>(null);

export function useToast(): ShowToast {
  const show = useContext(ToastContext);
  if (!show) throw new Error('ToastContext is missing above this component');
  return show;
}
