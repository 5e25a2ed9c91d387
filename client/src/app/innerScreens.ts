import { lazy } from 'react';

/** What the signed-in shell shows, one chunk per screen. */
export const ChatListPage = lazy(async () => ({
  default: (await import('../features/chats/ChatListPage.tsx')).ChatListPage,
}));
export const ChatPage = lazy(async () => ({
  default: (await import('../features/messages/ChatPage.tsx')).ChatPage,
}));
export const PeoplePage = lazy(async () => ({
  default: (await import('../features/contacts/PeoplePage.tsx')).PeoplePage,
}));
export const SettingsPage = lazy(async () => ({
  default: (await import('../features/settings/SettingsPage.tsx')).SettingsPage,
}));
export const ProfilePage = lazy(async () => ({
  default: (await import('../features/settings/ProfilePage.tsx')).ProfilePage,
}));
export const PrivacySettingsPage = lazy(async () => ({
  default: (await import('../features/settings/PrivacySettingsPage.tsx')).PrivacySettingsPage,
}));
export const DevicesPage = lazy(async () => ({
  default: (await import('../features/settings/DevicesPage.tsx')).DevicesPage,
}));
export const PasswordPage = lazy(async () => ({
  default: (await import('../features/settings/PasswordPage.tsx')).PasswordPage,
}));
