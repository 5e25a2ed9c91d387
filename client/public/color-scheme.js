// Sets light or dark before the first paint, and whether anybody has signed in here. A file of its own: the server's CSP allows no inline script.
(() => {
  const colors = { light: '#f5f0e7', dark: '#0b1621' };
  let chosen = null;
  let isNewcomer = true;
  try {
    chosen = localStorage.getItem('ahoy-color-scheme');
    isNewcomer = localStorage.getItem('ahoy:signed-in') === null;
  } catch {
    chosen = null; // Storage may be forbidden; then the system decides.
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const scheme = isDark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  document.documentElement.toggleAttribute('data-newcomer', isNewcomer);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = colors[scheme];
})();
