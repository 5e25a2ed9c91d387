import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';

const BACKGROUND = { light: '#f5f0e7', dark: '#0b1621' };

/** Keeps the browser's own bars in the colour of the page. */
export function ThemeColor() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    // All of them: which one the browser takes follows the system, and not what was chosen here.
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.setAttribute('content', BACKGROUND[scheme]);
  }, [scheme]);
  return null;
}
