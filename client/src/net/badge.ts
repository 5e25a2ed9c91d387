/** Messages not read, on the app's icon; nothing where the system has no such thing. */
export async function setBadge(unread: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return;
  const setting = unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge();
  await setting.catch((error: unknown) => console.debug('No badge:', error));
}
