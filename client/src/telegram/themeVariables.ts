import { BLACK, isDark, isReadable, mix, type Rgb, readableOn, toHex, toRgb, WHITE } from './colours.ts';

export type Scheme = 'light' | 'dark';

/** Telegram's colours in the words of `app/theme/tokens.css`. */
export type Look = {
  scheme: Scheme;
  /** Of what the page lies on. */
  background: string;
  /** By name of the variable; what is not in it stays our own. Empty: Telegram's pair could not be read. */
  variables: Readonly<Record<string, string>>;
};

const OWN_BACKGROUND = { light: '#f5f0e7', dark: '#0b1621' } as const;
/** What bounds a control must be seen, not read (WCAG 2.2, 1.4.11). */
const SEEN = 3;

/**
 * Our look in Telegram's colours. Where its text cannot be read on its grounds, all stays our own; any other colour that
 * could not be read moves towards the text, or the ground of white text towards black, until it can.
 */
export function lookOf(theme: Readonly<Record<string, string | undefined>>, system: Scheme): Look {
  const named = (name: string) => (theme[name] === undefined ? undefined : toRgb(theme[name]));
  const bg = named('bg_color');
  const text = named('text_color');
  if (!bg || !text) return ownLook(bg ? schemeOf(bg) : system);
  const surface = named('section_bg_color') ?? bg;
  const sunken = named('secondary_bg_color') ?? mix(bg, text, 0.05);
  const press = mix(surface, text, 0.08);
  const banner = mix(sunken, text, 0.06);
  const grounds = [bg, surface, sunken, press, banner];
  if (!isReadable(text, grounds)) return ownLook(schemeOf(bg));
  const readable = (colour: Rgb, on: readonly Rgb[] = grounds) => readableOn(colour, text, on);
  const link = named('link_color') ?? named('accent_text_color') ?? named('button_color') ?? text;
  const fill = readableOn(named('button_color') ?? link, BLACK, [WHITE]);
  const hint = named('hint_color') ?? mix(text, bg, 0.4);
  const subtitle = named('subtitle_text_color') ?? hint;
  const soft = mix(surface, fill, 0.14);
  const quote = mix(sunken, text, 0.07);
  const wait = mix(bg, fill, 0.08);
  const line = named('section_separator_color') ?? mix(surface, text, 0.12);
  const colours: Record<string, Rgb> = {
    ...{ bg, surface, raised: surface, sunken, press, banner, text },
    line,
    'line-strong': readableOn(mix(bg, text, 0.4), text, grounds, SEEN),
    'text-2': readable(subtitle),
    'text-3': readable(hint),
    accent: readable(link, [...grounds, wait]),
    'accent-fill': fill,
    'accent-soft': soft,
    'accent-soft-text': readable(link, [soft]),
    own: fill,
    'own-text': WHITE,
    'own-meta': readableOn(mix(WHITE, fill, 0.25), WHITE, [fill]),
    'own-mark': WHITE,
    other: sunken,
    'other-meta': readable(hint, [sunken]),
    'other-quote': quote,
    wait,
    'wait-line': readableOn(fill, text, [wait], SEEN),
    urgent: readable(named('destructive_text_color') ?? text),
    focus: readable(link),
    toast: text,
    'toast-text': bg,
    'toast-action': readableOn(link, bg, [text]),
  };
  const variables = Object.fromEntries(
    Object.entries(colours).map(([name, colour]) => [`--ahoy-${name}`, toHex(colour)]),
  );
  return { scheme: schemeOf(bg), background: toHex(bg), variables };
}

function ownLook(scheme: Scheme): Look {
  return { scheme, background: OWN_BACKGROUND[scheme], variables: {} };
}

function schemeOf(ground: Rgb): Scheme {
  return isDark(ground) ? 'dark' : 'light';
}
