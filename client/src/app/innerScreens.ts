import { lazy } from 'react';

/** What the signed-in shell shows besides the list of chats, one chunk per screen: the list is there from the start. */
export const ChatPage = lazy(async () => ({
  default: (await import('../features/messages/ChatPage.tsx')).ChatPage,
}));
export const CallsPage = lazy(async () => ({
  default: (await import('../features/calls/list/CallsPage.tsx')).CallsPage,
}));
export const PeoplePage = lazy(async () => ({
  default: (await import('../features/contacts/PeoplePage.tsx')).PeoplePage,
}));
export const SharePage = lazy(async () => ({
  default: (await import('../features/share/SharePage.tsx')).SharePage,
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
export const BlockedPage = lazy(async () => ({
  default: (await import('./BlockedPage.tsx')).BlockedPage,
}));
export const DevicesPage = lazy(async () => ({
  default: (await import('../features/settings/DevicesPage.tsx')).DevicesPage,
}));
export const PasswordPage = lazy(async () => ({
  default: (await import('../features/settings/PasswordPage.tsx')).PasswordPage,
}));
export const TelegramPage = lazy(async () => ({
  default: (await import('../features/settings/telegram/TelegramPage.tsx')).TelegramPage,
}));
export const NotificationsPage = lazy(async () => ({
  default: (await import('./NotificationsPage.tsx')).NotificationsPage,
}));
export const SoundAndCameraPage = lazy(async () => ({
  default: (await import('./SoundAndCameraPage.tsx')).SoundAndCameraPage,
}));
/** Inside Telegram only. */
export const WritingCard = lazy(async () => ({
  default: (await import('../features/telegram/WritingCard.tsx')).WritingCard,
}));
