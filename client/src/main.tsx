import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/theme/fonts.css';
import './app/theme/tokens.css';
import './app/theme/mantine.css';
import './app/theme/base.css';
import 'virtual:contract';
import { contract } from 'virtual:contract';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { clearQueriesOnSignOut } from './app/clearQueriesOnSignOut.ts';
import { SignInPage } from './app/outerScreens.ts';
import { NO_UPDATES, registerServiceWorker } from './app/serviceWorker.ts';
import { InsideTelegram, SignedInShell } from './app/shell.ts';
import { readBrowserSigns } from './browserOf.ts';
import { clearDraftsOnSignOut } from './features/chats/clearDraftsOnSignOut.ts';
import { createI18n } from './i18n/createI18n.ts';
import { detectLanguage } from './i18n/language.ts';
import { createServices } from './net/createServices.ts';
import { createInstallation, NO_INSTALLATION } from './net/installation.ts';
import { SIGNED_IN_MARKER } from './net/session.ts';
import { type Launch, takeLaunch } from './telegram/launch.ts';
import type { Telegram } from './telegram/telegram.ts';

/** The composition root: makes every part once, and starts them. */
async function start(root: HTMLElement): Promise<void> {
  const launch = takeLaunch(window);
  // Asked for now, so that the first screen does not begin to load only when the server has said who is here.
  void (launch || isSignedInLikely() ? SignedInShell : SignInPage).load();
  await nextTask();
  const telegram = launch ? await enterTelegram(launch) : null;
  const languages = telegram ? [telegram.language] : navigator.languages;
  const texts = createI18n(detectLanguage(localStorage, languages), document.documentElement);
  const signs = readBrowserSigns(window);
  const installation = telegram
    ? NO_INSTALLATION
    : createInstallation({ window, storage: localStorage, signs, now: Date.now });
  const services = createServices({ contract, baseUrl: location.origin, telegram });
  services.start();
  await nextTask();
  clearDraftsOnSignOut(services.session, localStorage);
  const i18n = await texts;
  // Requests are tried although the browser says offline: it is often wrong, and forms must get their answer.
  const queries = new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: 1, staleTime: 30_000 },
      mutations: { networkMode: 'always' },
    },
  });
  clearQueriesOnSignOut(services.session, queries);
  // Not every web view of Telegram's has workers, and those of frames would be others than the browser's.
  const updates = telegram ? NO_UPDATES : registerServiceWorker();
  const app = (
    <StrictMode>
      <App services={services} i18n={i18n} queries={queries} updates={updates} installation={installation} />
    </StrictMode>
  );
  // A transition is drawn in slices.
  startTransition(() => createRoot(root).render(app));
}

/** Lets the browser draw and answer between two steps: on a slow phone each takes as long as it may be kept waiting. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function isSignedInLikely(): boolean {
  return localStorage.getItem(SIGNED_IN_MARKER) !== null;
}

/** Nothing of it is loaded outside Telegram. */
async function enterTelegram(launch: Launch): Promise<Telegram> {
  const [{ openTelegram }] = await Promise.all([import('./telegram/openTelegram.ts'), InsideTelegram.load()]);
  return openTelegram(launch, window);
}

const root = document.getElementById('root');
if (root) void start(root);
