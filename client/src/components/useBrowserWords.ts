import { useTranslation } from 'react-i18next';
import { browserOf, readBrowserSigns } from '../browserOf.ts';

/** What steps in a browser's own settings name: this site, and the browser as it calls itself. */
export function useBrowserWords(): { site: string; browser: string } {
  const { t } = useTranslation();
  return {
    site: location.host,
    browser: browserOf(readBrowserSigns(window)).name ?? t('common.yourBrowser'),
  };
}
