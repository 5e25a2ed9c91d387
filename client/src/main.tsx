import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/theme/fonts.css';
import './app/theme/tokens.css';
import './app/theme/mantine.css';
import './app/theme/base.css';
import 'virtual:contract';
import { contract } from 'virtual:contract';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { clearQueriesOnSignOut } from './app/clearQueriesOnSignOut.ts';
import { loadSignIn } from './app/outerScreens.ts';
import { registerServiceWorker } from './app/serviceWorker.ts';
import { loadShell } from './app/shell.ts';
import { readBrowserSigns } from './browserOf.ts';
import { clearDraftsOnSignOut } from './features/chats/clearDraftsOnSignOut.ts';
import { createI18n } from './i18n/createI18n.ts';
import { detectLanguage } from './i18n/language.ts';
import { createInstallation } from './net/installation.ts';
import { createServices } from './net/services.ts';
import { SIGNED_IN_MARKER } from './net/session.ts';

/** The composition root: makes every part once, and starts them. */
async function start(root: HTMLElement): Promise<void> {
  // Asked for now, so that the first screen does not begin to load only when the server has said who is here.
  const isSignInLikely = localStorage.getItem(SIGNED_IN_MARKER) === null;
  void Promise.allSettled([isSignInLikely ? loadSignIn() : loadShell()]);
  const signs = readBrowserSigns(window);
  const installation = createInstallation({ window, storage: localStorage, signs, now: Date.now });
  const services = createServices({ contract, baseUrl: location.origin });
  services.start();
  clearDraftsOnSignOut(services.session, localStorage);
  const i18n = await createI18n(detectLanguage(localStorage, navigator.languages), document.documentElement);
  // Requests are tried although the browser says offline: it is often wrong, and forms must get their answer.
  const queries = new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: 1, staleTime: 30_000 },
      mutations: { networkMode: 'always' },
    },
  });
  clearQueriesOnSignOut(services.session, queries);
  const updates = registerServiceWorker();
  createRoot(root).render(
    <StrictMode>
      <App services={services} i18n={i18n} queries={queries} updates={updates} installation={installation} />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
