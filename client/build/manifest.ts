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
};
