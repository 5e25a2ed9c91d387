import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Mark } from '../../components/Mark.tsx';
import { useMe } from '../../components/useMe.ts';
import classes from './RoomFrame.module.css';

type Props = {
  title: string;
  lead?: ReactNode;
  /** Beside the words on a desktop, between them on a phone. */
  picture?: ReactNode;
  children?: ReactNode;
};

/** The frame of what a link opens: no part of the app is around it, for who has none. */
export function RoomFrame({ title, lead, picture, children }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  useEffect(() => {
    document.title = `${title} · ${t('common.appName')}`;
  }, [title, t]);
  return (
    <main id="content" className={classes.page} tabIndex={-1}>
      <div className={classes.top}>
        {me && me.guestOf === undefined ? (
          <Link className={classes.back} href="/calls" aria-label={t('common.back')}>
            <IconChevronLeft size={28} stroke={2} aria-hidden="true" />
          </Link>
        ) : (
          <Mark size={40} />
        )}
      </div>
      <div className={classes.body} data-has-picture={picture !== undefined}>
        <header className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </header>
        {picture && <div className={classes.picture}>{picture}</div>}
        <div className={classes.rest}>{children}</div>
      </div>
    </main>
  );
}
