/** The message that is made of what another app shares: apps put the same thing into two of the three, or leave some out. */
export function sharedText(search: string): string {
  const given = new URLSearchParams(search);
  const [title = '', text = '', url = ''] = ['title', 'text', 'url'].map((name) => given.get(name)?.trim());
  const parts = [
    text.includes(title) || title === url ? '' : title,
    text,
    // Android has no field for links: they come as text.
    text.includes(url) ? '' : url,
  ];
  return parts.filter(Boolean).join('\n');
}
