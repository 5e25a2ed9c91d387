import { createTheme } from '@mantine/core';

/** What Mantine decides in script; colours, sizes and fonts are variables, set in mantine.css from our tokens. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'Onest, system-ui, sans-serif',
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
});
