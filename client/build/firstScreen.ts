import type { Plugin, Rollup } from 'vite';
import { closureOf } from './closureOf.ts';

/** What somebody sees who was never here; where the app is installed, its worker has all of it anyway. */
const SIGN_IN = '/identity/SignInPage.tsx';
/** Says which language it is to be, and asks for its words. */
const BEFORE_PAINT = '<script src="/before-paint.js"';
const LANGUAGES = ['en', 'ru'];

/**
 * Lets the first paint come before the scripts, and the first screen in one go with them: scripts give way to the style
 * sheet, and the page for signing in and the words are fetched beside the app instead of after it.
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
            .replace(
              BEFORE_PAINT,
              [BEFORE_PAINT, ...LANGUAGES.map((each) => wordsOf(each, chunks))].join(' '),
            ),
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

function wordsOf(language: string, chunks: readonly Rollup.OutputChunk[]): string {
  const words = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/i18n/${language}.ts`));
  if (!words) throw new Error(`The words of "${language}" are in no chunk of their own`);
  return `data-${language}="/${words.fileName}"`;
}

function tag(attrs: Record<string, string>) {
  return { tag: 'link', attrs: { crossorigin: true, ...attrs }, injectTo: 'head' as const };
}

function stylesOf(chunk: Rollup.OutputChunk): string[] {
  return [...(chunk.viteMetadata?.importedCss ?? [])];
}
