import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { Suspense, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { InstallationContext } from '../components/InstallationContext.ts';
import { ServicesContext } from '../components/ServicesContext.tsx';
import { ToastProvider } from '../components/ToastProvider.tsx';
import type { Installation } from '../net/installation.ts';
import type { Services } from '../net/services.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Launches } from './Launches.tsx';
import { OutdatedNotice } from './OutdatedNotice.tsx';
import { Routes } from './Routes.tsx';
import { InsideTelegram } from './shell.ts';
import { ThemeColor } from './ThemeColor.tsx';
import { TooOldNotice } from './TooOldNotice.tsx';
import { telegramSchemes } from './telegramSchemes.ts';
import { theme } from './theme/theme.ts';
import { UpdatesContext } from './UpdatesContext.ts';
import type { Updates } from './updates.ts';

export interface AppProps {
  services: Services;
  i18n: i18n;
  queries: QueryClient;
  updates: Updates;
  installation: Installation;
}

/** Everything that the screens share, around them. */
export function App({ services, i18n, queries, updates, installation }: AppProps) {
  const { telegram } = services;
  const [colorSchemes] = useState(() =>
    telegram ? telegramSchemes(telegram) : localStorageColorSchemeManager({ key: 'ahoy-color-scheme' }),
  );
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
              <UpdatesContext value={updates}>
                <InstallationContext value={installation}>
                  <ToastProvider>
                    <Launches />
                    {telegram && (
                      <Suspense>
                        <InsideTelegram telegram={telegram} />
                      </Suspense>
                    )}
                    <OutdatedNotice>
                      <TooOldNotice>
                        <Routes />
                      </TooOldNotice>
                    </OutdatedNotice>
                  </ToastProvider>
                </InstallationContext>
              </UpdatesContext>
            </ServicesContext>
          </QueryClientProvider>
        </ErrorBoundary>
      </MantineProvider>
    </I18nextProvider>
  );
}
