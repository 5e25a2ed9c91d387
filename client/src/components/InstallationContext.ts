import { createContext, useContext } from 'react';
import type { Installation } from '../net/installation.ts';

/** Made by the composition root, before the browser can say that the app may be installed. */
export const InstallationContext = createContext<Installation | null>(null);

export function useInstallation(): Installation {
  const installation = useContext(InstallationContext);
  if (!installation) throw new Error('InstallationContext is missing above this component');
  return installation;
}
