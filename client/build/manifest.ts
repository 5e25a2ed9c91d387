import type { ManifestOptions } from 'vite-plugin-pwa';

/** What the system knows of the installed app. `id` never changes: it is the installation's identity. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Ahoy',
  short_name: 'Ahoy',
  description: 'Chats and calls on a server of your own.',
  start_url: '/chats',
  scope: '/',
  display: 'standalone',
  display_override: ['standalone', 'minimal-ui'],
  // The window that is open keeps what it shows, a call among it; the page itself goes to what was asked for.
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
  handle_links: 'preferred',
  lang: 'en',
  dir: 'ltr',
  categories: ['social', 'communication'],
  background_color: '#f5f0e7',
  theme_color: '#f5f0e7',
  icons: [
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/monochrome-512.png', sizes: '512x512', type: 'image/png', purpose: 'monochrome' },
  ],
  shortcuts: [
    {
      name: 'New chat',
      url: '/chats?new',
      icons: [{ src: '/icons/shortcut-chat-96.png', sizes: '96x96', type: 'image/png' }],
    },
    {
      name: 'Calls',
      url: '/calls',
      icons: [{ src: '/icons/shortcut-calls-96.png', sizes: '96x96', type: 'image/png' }],
    },
  ],
  // A page like any other, so that it opens without a network.
  share_target: {
    action: '/share',
    method: 'GET',
    enctype: 'application/x-www-form-urlencoded',
    params: { title: 'title', text: 'text', url: 'url' },
  },
  // Drawn by `npm run screens`.
  screenshots: [
    {
      src: '/screenshots/phone.webp',
      sizes: '780x1688',
      type: 'image/webp',
      form_factor: 'narrow',
      label: 'All chats on a phone',
    },
    {
      src: '/screenshots/desktop.webp',
      sizes: '1280x800',
      type: 'image/webp',
      form_factor: 'wide',
      label: 'A chat on a computer',
    },
  ],
};
