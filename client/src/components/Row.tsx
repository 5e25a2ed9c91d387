import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './Row.module.css';

export interface RowProps {
  icon?: ReactNode;
  title: string;
  /** Second line. */
  text?: string;
  /** At the right: a value, a switch, a button. */
  trailing?: ReactNode;
  /** Makes the row a link with a chevron. */
  href?: string;
  /** Opens outside the app's router. */
  isExternal?: boolean;
  /** Makes the row a button. */
  onClick?: () => void;
  tone?: 'normal' | 'urgent';
  isChosen?: boolean;
}

/** One row of a list: icon, one or two lines, something at the right; hairline from the text to the edge. */
export function Row({ href, isExternal, onClick, tone = 'normal', isChosen = false, ...content }: RowProps) {
  const look = `${classes.row} ${tone === 'urgent' ? classes.urgent : ''} ${isChosen ? classes.chosen : ''}`;
  const inner = <RowContent {...content} hasChevron={Boolean(href)} />;
  if (href && isExternal) {
    return (
      <a className={`${look} ${classes.pressable}`} href={href} target="_blank" rel="noreferrer">
        {inner}
      </a>
    );
  }
  if (href) {
    return (
      <Link
        className={`${look} ${classes.pressable}`}
        href={href}
        aria-current={isChosen ? 'page' : undefined}
      >
        {inner}
      </Link>
    );
  }
  if (onClick) {
    return (
      <button type="button" className={`${look} ${classes.pressable}`} onClick={onClick}>
        {inner}
      </button>
    );
  }
  return <div className={look}>{inner}</div>;
}

function RowContent({
  icon,
  title,
  text,
  trailing,
  hasChevron,
}: Pick<RowProps, 'icon' | 'title' | 'text' | 'trailing'> & { hasChevron: boolean }) {
  return (
    <>
      {icon && (
        <span className={classes.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={classes.line}>
        <span className={classes.words}>
          <span className={classes.title}>{title}</span>
          {text && <span className={classes.text}>{text}</span>}
        </span>
        {trailing && <span className={classes.trailing}>{trailing}</span>}
        {hasChevron && (
          <IconChevronRight className={classes.chevron} size={18} stroke={2} aria-hidden="true" />
        )}
      </span>
    </>
  );
}

export interface RowGroupProps {
  /** A small heading above the rows. */
  title?: string;
  children: ReactNode;
}

/** Rows between two hairlines. */
export function RowGroup({ title, children }: RowGroupProps) {
  return (
    <section className={classes.group} aria-label={title}>
      {title && <h2 className={classes.heading}>{title}</h2>}
      {children}
    </section>
  );
}
