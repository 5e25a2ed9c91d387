import { lazy } from 'react';

/** What stands before the app: one chunk each. */
export const SignUpPage = lazy(async () => ({
  default: (await import('../features/identity/SignUpPage.tsx')).SignUpPage,
}));
export async function loadSignIn() {
  return { default: (await import('../features/identity/SignInPage.tsx')).SignInPage };
}
export const SignInPage = lazy(loadSignIn);
export const ConfirmPage = lazy(async () => ({
  default: (await import('../features/identity/ConfirmPage.tsx')).ConfirmPage,
}));
export const ForgotPage = lazy(async () => ({
  default: (await import('../features/identity/ForgotPage.tsx')).ForgotPage,
}));
export const ResetPage = lazy(async () => ({
  default: (await import('../features/identity/ResetPage.tsx')).ResetPage,
}));
export const DocumentPage = lazy(async () => ({
  default: (await import('../features/identity/DocumentPage.tsx')).DocumentPage,
}));
export const TelegramReturnPage = lazy(async () => ({
  default: (await import('../features/identity/telegram/TelegramReturnPage.tsx')).TelegramReturnPage,
}));
export const ContinuePage = lazy(async () => ({
  default: (await import('../features/identity/handOff/ContinuePage.tsx')).ContinuePage,
}));
/** Inside Telegram only. */
export const TelegramGate = lazy(async () => ({
  default: (await import('../features/telegram/TelegramGate.tsx')).TelegramGate,
}));
