import type { Plugin, Rollup } from 'vite';
import { closureOf } from './closureOf.ts';

/** What somebody sees who was never here; where the app is installed, its worker has all of it anyway. */
const SIGN_IN = '/identity/SignInPage.tsx';
/** Knows who is here, and asks for what they need of these. */
const BEFORE_PAINT = '<script src="/before-paint.js"';
const FOR_SOME = {
  en: '/i18n/en.ts',
  ru: '/i18n/ru.ts',
  shell: '/app/SignedInShell.tsx',
  telegram: '/telegram/openTelegram.ts',
} as const;

/**
 * Lets the first paint come before the scripts, and the first screen in one go with them: scripts give way to the style
 * sheet, and what the first screen needs beside the app is fetched at the same time, not when the app has run.
 */
export function firstScreen(): Plugin {
  return {
    name: 'ahoy-first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const signIn = closureOf(chunks, (chunk) => chunk.moduleIds.some((id) => id.endsWith(SIGN_IN)));
        if (signIn.length === 0) throw new Error(`${SIGN_IN} is in no chunk`);
        const isMissing = (file: string) => !html.includes(`/${file}"`);
        const scripts = signIn.map((chunk) => chunk.fileName).filter(isMissing);
        const styles = [...new Set(signIn.flatMap(stylesOf))].filter(isMissing);
        return {
          html: html
            .replaceAll(/<(script type="module"|link rel="modulepreload")/g, '<$1 fetchpriority="low"')
            .replace(BEFORE_PAINT, [BEFORE_PAINT, ...forSome(chunks)].join(' ')),
          tags: [
            ...scripts.map((file) => tag({ rel: 'modulepreload', fetchpriority: 'low', href: `/${file}` })),
            ...styles.map((file) =>
              tag({ rel: 'preload', as: 'style', fetchpriority: 'low', href: `/${file}` }),
            ),
          ],
        };
      },
    },
  };
}

function forSome(chunks: readonly Rollup.OutputChunk[]): string[] {
  return Object.entries(FOR_SOME).map(([name, module]) => {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
    if (!chunk || chunk.isEntry) throw new Error(`${module} is in no chunk of its own`);
    const files = [chunk.fileName, ...stylesOf(chunk)];
    return `data-${name}="${files.map((file) => `/${file}`).join(' ')}"`;
  });
}

function tag(attrs: Record<string, string>) {
  return { tag: 'link', attrs: { crossorigin: true, ...attrs }, injectTo: 'head' as const };
}

function stylesOf(chunk: Rollup.OutputChunk): string[] {
  return [...(chunk.viteMetadata?.importedCss ?? [])];
}
