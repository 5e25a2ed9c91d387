import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Mark } from '../../components/Mark.tsx';
import { chooseLanguage, languageOf } from '../../i18n/createI18n.ts';
import classes from './AuthLayout.module.css';

export interface AuthLayoutProps {
  title: string;
  lead?: ReactNode;
  /** Where the arrow leads; without it the mark stands at the top. */
  backTo?: string;
  /** Below everything: the way to the other door. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** The frame of every page before the app. On a desktop the window is the flag itself: sand and sea. */
export function AuthLayout({ title, lead, backTo, footer, children }: AuthLayoutProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · ${t('common.appName')}`;
    const focused = document.activeElement;
    if (!focused || focused === document.body) heading.current?.focus({ preventScroll: true });
  }, [title, t]);

  return (
    <div className={classes.page}>
      <main className={classes.hoist}>
        <div className={classes.column}>
          {backTo === undefined ? (
            <div className={classes.mark}>
              <Mark size={64} look="tile" />
            </div>
          ) : (
            <Link className={classes.back} href={backTo} aria-label={t('common.back')}>
              <IconChevronLeft size={28} stroke={2} aria-hidden="true" />
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          {lead && <p className={classes.lead}>{lead}</p>}
          {children}
          <div className={classes.footer}>
            {footer}
            <LanguageSwitch />
          </div>
        </div>
      </main>
      <div className={classes.fly} aria-hidden="true">
        <Mark size={280} look="water" />
      </div>
    </div>
  );
}

/** Named in the language that it leads to. */
function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = languageOf(i18n) === 'ru' ? 'en' : 'ru';
  return (
    <button
      type="button"
      className={classes.language}
      lang={other}
      onClick={() => void chooseLanguage(i18n, other, localStorage)}
    >
      {other === 'ru' ? 'Русский' : 'English'}
    </button>
  );
}
