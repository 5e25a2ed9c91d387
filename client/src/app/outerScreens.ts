import { lazyScreen } from './lazyScreen.tsx';

/** What stands before the app: one chunk each. */
export const SignUpPage = lazyScreen(
  async () => (await import('../features/identity/SignUpPage.tsx')).SignUpPage,
);
export const SignInPage = lazyScreen(
  async () => (await import('../features/identity/SignInPage.tsx')).SignInPage,
);
export const ConfirmPage = lazyScreen(
  async () => (await import('../features/identity/ConfirmPage.tsx')).ConfirmPage,
);
export const ForgotPage = lazyScreen(
  async () => (await import('../features/identity/ForgotPage.tsx')).ForgotPage,
);
export const ResetPage = lazyScreen(
  async () => (await import('../features/identity/ResetPage.tsx')).ResetPage,
);
export const DocumentPage = lazyScreen(
  async () => (await import('../features/identity/DocumentPage.tsx')).DocumentPage,
);
export const TelegramReturnPage = lazyScreen(
  async () => (await import('../features/identity/telegram/TelegramReturnPage.tsx')).TelegramReturnPage,
);
export const ContinuePage = lazyScreen(
  async () => (await import('../features/identity/handOff/ContinuePage.tsx')).ContinuePage,
);
/** Inside Telegram only. */
export const TelegramGate = lazyScreen(
  async () => (await import('../features/telegram/TelegramGate.tsx')).TelegramGate,
);
