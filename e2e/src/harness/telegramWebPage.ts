/** What an app inside Telegram sent to it, in order. */
export interface SentEvent {
  readonly eventType: string;
  readonly eventData: unknown;
}

export type Insets = Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>;
export type ThemeParams = Readonly<Record<string, string>>;

/** What the page that plays Telegram's web client offers to the test that drives it. */
export interface TelegramPage {
  readonly sent: SentEvent[];
  readonly tell: (eventType: string, eventData?: unknown) => void;
  /** What is answered from now on, and told at once. */
  readonly setTheme: (params: ThemeParams) => void;
  readonly setInsets: (safe: Insets, content: Insets) => void;
  /** Navigates the frame. */
  readonly open: (url: string) => void;
}

/**
 * Runs in the page: speaks the protocol of Telegram's web clients with the app in its frame (core.telegram.org,
 * "Mini Apps: events"). Texts of JSON go both ways; only the frame is listened to, and only its origin is told anything.
 */
export function playTelegram(theme: Record<string, string>): void {
  const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
  const frame = element<HTMLIFrameElement>('app');
  const [back, main] = [element<HTMLButtonElement>('back'), element<HTMLButtonElement>('main')];
  const sent: { eventType: string; eventData: unknown }[] = [];
  const none = { top: 0, right: 0, bottom: 0, left: 0 };
  const state = { theme, safe: none, content: none, origin: '' };

  const tell = (eventType: string, eventData?: unknown) => {
    // Nothing is open yet.
    if (state.origin === '') return;
    frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), state.origin);
  };
  const tellTheme = () => {
    main.style.cssText = `background: ${state.theme.button_color}; color: ${state.theme.button_text_color}`;
    tell('theme_changed', { theme_params: state.theme });
  };
  const tellViewport = () =>
    tell('viewport_changed', {
      ...{ width: frame.clientWidth, height: frame.clientHeight },
      ...{ is_expanded: true, is_state_stable: true },
    });

  /** One of Telegram's own buttons, as the app wishes it. */
  const setButton = (button: HTMLButtonElement, wish: Record<string, unknown>) => {
    button.hidden = wish.is_visible === false;
    button.disabled = wish.is_active === false;
    if (typeof wish.text === 'string') button.textContent = wish.text;
    if (typeof wish.color === 'string') button.style.background = wish.color;
    if (typeof wish.text_color === 'string') button.style.color = wish.text_color;
    button.setAttribute('aria-busy', String(wish.is_progress_visible === true));
  };

  const answers: Record<string, (data: Record<string, unknown>) => void> = {
    web_app_request_theme: tellTheme,
    web_app_request_viewport: tellViewport,
    web_app_expand: tellViewport,
    web_app_request_safe_area: () => tell('safe_area_changed', state.safe),
    web_app_request_content_safe_area: () => tell('content_safe_area_changed', state.content),
    web_app_request_fullscreen: () => tell('fullscreen_changed', { is_fullscreen: true }),
    web_app_exit_fullscreen: () => tell('fullscreen_changed', { is_fullscreen: false }),
    web_app_request_write_access: () => tell('write_access_requested', { status: 'allowed' }),
    web_app_setup_back_button: (data) => setButton(back, data),
    web_app_setup_main_button: (data) => setButton(main, data),
    web_app_set_header_color: ({ color }) => {
      if (typeof color === 'string') element('header').style.background = color;
    },
    web_app_close: () => frame.remove(),
  };

  window.addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data !== 'string') return;
    const { eventType, eventData } = JSON.parse(data);
    sent.push({ eventType, eventData });
    answers[eventType]?.(eventData ?? {});
  });
  tellTheme();
  back.addEventListener('click', () => tell('back_button_pressed'));
  main.addEventListener('click', () => tell('main_button_pressed'));
  window.addEventListener('resize', tellViewport);

  Object.assign(window, {
    telegram: {
      ...{ sent, tell },
      setTheme(params: Record<string, string>) {
        state.theme = params;
        tellTheme();
      },
      setInsets(safe: typeof none, content: typeof none) {
        Object.assign(state, { safe, content });
        tell('safe_area_changed', safe);
        tell('content_safe_area_changed', content);
      },
      open(url: string) {
        state.origin = new URL(url).origin;
        frame.src = url;
      },
    },
  });
}

const STYLE = `
  html, body { height: 100%; margin: 0; font: 16px system-ui, sans-serif; }
  body { display: flex; flex-direction: column; }
  header { display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 0 12px; background: #ddd; }
  iframe { flex: 1; border: 0; width: 100%; }
  #main { min-height: 48px; border: 0; font: inherit; }
`;

/** The page around the frame: a bar with Telegram's back button, the app, and its main button. */
export function telegramPageHtml(theme: ThemeParams): string {
  return `<!doctype html><meta charset="utf-8"><title>Telegram, played</title>
    <meta name="viewport" content="width=device-width"><style>${STYLE}</style>
    <header id="header"><button id="back" hidden>Telegram: back</button><b>Ahoy</b></header>
    <iframe id="app" title="Mini App" allow="camera; microphone; autoplay; fullscreen; display-capture; clipboard-write"></iframe>
    <button id="main" hidden></button>
    <script>(${playTelegram})(${JSON.stringify(theme)})</script>`;
}
