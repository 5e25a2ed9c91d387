import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { Bridge } from './bridge.ts';
import { coloursOf } from './launch.ts';
import { lookOf, type Scheme } from './themeVariables.ts';

/** Dresses the page in Telegram's colours, now and whenever they change, and Telegram's bars in the page's. */
export function followTheme(
  theme: Readonly<Record<string, string>>,
  { tell, on, can }: Bridge,
  root: HTMLElement,
): ReadonlyStore<{ scheme: Scheme }> {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const store = createStore<{ scheme: Scheme }>(() => ({ scheme: system }));
  let worn: readonly string[] = [];

  function wear(colours: Readonly<Record<string, string>>): void {
    const { scheme, background, variables } = lookOf(colours, system);
    for (const name of worn) root.style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
    worn = Object.keys(variables);
    root.setAttribute('data-mantine-color-scheme', scheme);
    store.setState({ scheme });
    // Before 6.9 only colours that Telegram itself names.
    if (can('web_app_set_header_color')) tellHeader(background);
    tell('web_app_set_background_color', { color: toTelegram(background) });
    tell('web_app_set_bottom_bar_color', { color: toTelegram(background) });
  }

  function tellHeader(colour: string): void {
    tell('web_app_set_header_color', { color: toTelegram(colour) });
  }

  on('theme_changed', ({ theme_params }) => wear(coloursOf(theme_params)));
  wear(theme);
  return store;
}

function toTelegram(colour: string): `#${string}` {
  return `#${colour.slice(1)}`;
}
