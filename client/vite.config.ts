import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { firstLoadReport } from './build/firstLoadReport.ts';
import { firstScreen } from './build/firstScreen.ts';
import { manifest } from './build/manifest.ts';
import { minifiedContract } from './build/minifiedContract.ts';
import { precompressed } from './build/precompressed.ts';

/** Where `npm run dev` has its server. */
const devServer = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  plugins: [
    react(),
    minifiedContract(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/service-worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2,svg,png}'],
        globIgnores: [
          // Only the browser's own question whether to install the app shows them.
          'screenshots/**',
          // Inside Telegram there is no worker, and outside it nothing of what speaks with it is loaded.
          'assets/{openTelegram,InsideTelegram,TelegramGate,WritingCard}-*',
        ],
        buildPlugins: { vite: [minifiedContract()] },
      },
    }),
    firstScreen(),
    precompressed(),
    firstLoadReport(),
  ],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page loads comes in one file, and so do the page for signing in and the list of chats: on a slow
        // network each file costs a way there and back, and each that is preloaded some of a slow phone's first moments.
        codeSplitting: {
          groups: [
            { name: 'app', tags: ['$initial'], priority: 3 },
            { name: 'sign-in', test: /\/identity\/SignInPage\.tsx$/, priority: 2 },
            { name: 'shell', test: /\/app\/SignedInShell\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': devServer,
      '/socket.io': { target: devServer, ws: true },
    },
  },
});
