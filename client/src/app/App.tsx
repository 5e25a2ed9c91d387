import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { ServicesContext } from '../components/ServicesContext.tsx';
import { ToastProvider } from '../components/ToastProvider.tsx';
import type { Services } from '../net/services.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { OutdatedNotice } from './OutdatedNotice.tsx';
import { Routes } from './Routes.tsx';
import type { Updates } from './serviceWorker.ts';
import { ThemeColor } from './ThemeColor.tsx';
import { theme } from './theme/theme.ts';
import { UpdateNotice } from './UpdateNotice.tsx';

export interface AppProps {
  services: Services;
  i18n: i18n;
  queries: QueryClient;
  updates: Updates;
}

/** Everything that the screens share, around them. */
export function App({ services, i18n, queries, updates }: AppProps) {
  const [colorSchemes] = useState(() => localStorageColorSchemeManager({ key: 'ahoy-color-scheme' }));
  return (
    <I18nextProvider i18n={i18n}>
      {/* Variables and global classes come as stylesheets: the CSP allows no style elements. */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemes}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <ThemeColor />
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <ServicesContext value={services}>
              <ToastProvider>
                <UpdateNotice updates={updates} />
                <OutdatedNotice>
                  <Routes />
                </OutdatedNotice>
              </ToastProvider>
            </ServicesContext>
          </QueryClientProvider>
        </ErrorBoundary>
      </MantineProvider>
    </I18nextProvider>
  );
}
