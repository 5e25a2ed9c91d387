/** Where Telegram's back button leads from a page of one pane; null: nowhere, the app itself stands here. */
export function pageAbove(path: string): string | null {
  const parts = path.split('/').filter(Boolean);
  if (parts.length > 1) return `/${parts.slice(0, -1).join('/')}`;
  const isTab = parts.length === 0 || ['chats', 'calls', 'people', 'settings'].includes(parts[0] ?? '');
  return isTab ? null : '/chats';
}
