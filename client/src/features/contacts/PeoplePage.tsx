import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { PeopleBrowser } from './PeopleBrowser.tsx';
import classes from './PeoplePage.module.css';

/** The People tab. */
export function PeoplePage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <section className={classes.page}>
      <h1 className={classes.title}>{t('contacts.title')}</h1>
      <div className={classes.scroller}>
        <PeopleBrowser onOpened={(chatId) => navigate(`/chats/${chatId}`)} />
      </div>
    </section>
  );
}
