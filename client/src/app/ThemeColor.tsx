import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';

const BACKGROUND = { light: '#f5f0e7', dark: '#0b1621' };

/** Keeps the browser's own bars in the colour of the page. */
export function ThemeColor() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', BACKGROUND[scheme]);
  }, [scheme]);
  return null;
}
