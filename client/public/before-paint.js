// Sets light or dark before the first paint, and whether anybody has signed in here; asks for what the first screen needs beside
// the app. A file of its own: the server's CSP allows no inline script.
(() => {
  const colors = { light: '#f5f0e7', dark: '#0b1621' };
  // Inside Telegram its background counts; the rest of its colours comes with the app.
  const told = /[#&]tgWebAppThemeParams=([^&]*)/.exec(location.hash)?.[1] ?? '';
  const [, ground, r, g, b] = /%22bg_color%22%3A%22%23((\w\w)(\w\w)(\w\w))%22/i.exec(told) ?? [];
  const isInTelegram = ground !== undefined;
  let chosen = null;
  let isNewcomer = true;
  let chosenLanguage = null;
  if (isInTelegram) {
    const [red, green, blue] = [r, g, b].map((part) => Number.parseInt(part, 16));
    chosen = red * 0.3 + green * 0.6 + blue * 0.1 < 120 ? 'dark' : 'light';
    colors[chosen] = `#${ground}`;
    document.documentElement.style.setProperty('--ahoy-bg', `#${ground}`);
    isNewcomer = false;
  } else {
    try {
      chosen = localStorage.getItem('ahoy-color-scheme');
      isNewcomer = localStorage.getItem('ahoy:signed-in') === null;
      chosenLanguage = localStorage.getItem('ahoy-language');
    } catch {
      chosen = null; // Storage may be forbidden; then the system decides.
    }
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const scheme = isDark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  document.documentElement.toggleAttribute('data-newcomer', isNewcomer);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = colors[scheme];

  // As src/i18n/language.ts finds it; a wrong guess costs a request. Where the files are, the build says.
  const isKnown = (language) => language === 'en' || language === 'ru';
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isKnown);
  const language = isKnown(chosenLanguage) ? chosenLanguage : (preferred ?? 'en');
  const needed = [language, ...(isNewcomer ? [] : ['shell']), ...(isInTelegram ? ['telegram'] : [])];
  const files = needed.flatMap((name) => document.currentScript.dataset[name]?.split(' ') ?? []);
  for (const href of files) {
    const link = document.createElement('link');
    const kind = href.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' };
    Object.assign(link, { ...kind, href, crossOrigin: 'anonymous', fetchPriority: 'low' });
    document.head.append(link);
  }
})();
