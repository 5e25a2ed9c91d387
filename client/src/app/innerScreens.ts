import { lazyScreen } from './lazyScreen.tsx';

/** What the signed-in shell shows besides the list of chats, one chunk per screen: the list is there from the start. */
export const ChatPage = lazyScreen(async () => (await import('../features/messages/ChatPage.tsx')).ChatPage);
export const CallsPage = lazyScreen(
  async () => (await import('../features/calls/list/CallsPage.tsx')).CallsPage,
);
export const PeoplePage = lazyScreen(
  async () => (await import('../features/contacts/PeoplePage.tsx')).PeoplePage,
);
export const SharePage = lazyScreen(async () => (await import('../features/share/SharePage.tsx')).SharePage);
export const SettingsPage = lazyScreen(
  async () => (await import('../features/settings/SettingsPage.tsx')).SettingsPage,
);
export const ProfilePage = lazyScreen(
  async () => (await import('../features/settings/ProfilePage.tsx')).ProfilePage,
);
export const PrivacySettingsPage = lazyScreen(
  async () => (await import('../features/settings/PrivacySettingsPage.tsx')).PrivacySettingsPage,
);
export const BlockedPage = lazyScreen(async () => (await import('./BlockedPage.tsx')).BlockedPage);
export const DevicesPage = lazyScreen(
  async () => (await import('../features/settings/DevicesPage.tsx')).DevicesPage,
);
export const PasswordPage = lazyScreen(
  async () => (await import('../features/settings/PasswordPage.tsx')).PasswordPage,
);
export const TelegramPage = lazyScreen(
  async () => (await import('../features/settings/telegram/TelegramPage.tsx')).TelegramPage,
);
export const NotificationsPage = lazyScreen(
  async () => (await import('./NotificationsPage.tsx')).NotificationsPage,
);
export const SoundAndCameraPage = lazyScreen(
  async () => (await import('./SoundAndCameraPage.tsx')).SoundAndCameraPage,
);
/** Inside Telegram only. */
export const WritingCard = lazyScreen(
  async () => (await import('../features/telegram/WritingCard.tsx')).WritingCard,
);
