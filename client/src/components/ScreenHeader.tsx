import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './ScreenHeader.module.css';

export interface ScreenHeaderProps {
  title: string;
  /** Where the arrow leads; without it there is none. */
  backTo?: string;
  /** `large` for the three tabs, `sub` for what opens from them. */
  look?: 'large' | 'sub';
  /** Buttons at the right. */
  children?: ReactNode;
}

/** The screen's heading. Names the document, and takes the focus that navigation left nowhere. */
export function ScreenHeader({ title, backTo, look = 'large', children }: ScreenHeaderProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const isSub = look === 'sub';

  useEffect(() => {
    document.title = `${title} · ${t('common.appName')}`;
  }, [title, t]);

  useEffect(() => {
    const focused = document.activeElement;
    const isNowhere = !focused || focused === document.body;
    const isOnLink = focused instanceof HTMLAnchorElement;
    if (isNowhere || (isSub && isOnLink)) heading.current?.focus({ preventScroll: true });
  }, [isSub]);

  return (
    <header className={isSub ? classes.sub : classes.large}>
      {backTo !== undefined && (
        <Link className={classes.back} href={backTo} aria-label={t('common.back')} title={t('common.back')}>
          <IconChevronLeft stroke={2} aria-hidden="true" />
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </h1>
      {children}
    </header>
  );
}
