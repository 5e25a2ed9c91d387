// Sets light or dark before the first paint. A file of its own: the server's CSP allows no inline script.
(() => {
  const colors = { light: '#f5f0e7', dark: '#0b1621' };
  let chosen = null;
  try {
    chosen = localStorage.getItem('ahoy-color-scheme');
  } catch {
    chosen = null; // Storage may be forbidden; then the system decides.
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const scheme = isDark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = colors[scheme];
})();
