import { IconMessageCircle, IconPhone, IconSettings, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Avatar } from './Avatar.tsx';
import { Badge } from './Badge.tsx';
import { Mark } from './Mark.tsx';
import classes from './TabBar.module.css';

export interface TabBarProps {
  /** Messages not read in chats that are not muted. */
  unread: number;
  /** Missed calls not yet seen. */
  unseenCalls: number;
  me: { id: string; name: string } | null;
}

const OUTLINE = { size: 24, stroke: 1.75 };
const BOLD = { size: 24, stroke: 2.25 };

/** The sections: at the foot of a phone, a rail at the left of a desktop. */
export function TabBar({ unread, unseenCalls, me }: TabBarProps) {
  const { t } = useTranslation();
  return (
    <nav className={classes.bar} aria-label={t('common.navigation')}>
      <span className={classes.mark}>
        <Mark size={40} look="tile" />
      </span>
      <Tab
        href="/chats"
        label={t('common.tabChats')}
        outline={<IconMessageCircle {...OUTLINE} />}
        filled={<IconMessageCircle {...OUTLINE} fill="currentColor" />}
        badge={unread > 0 && <Badge count={unread} label={t('common.unread', { count: unread })} />}
      />
      <Tab
        href="/calls"
        label={t('common.tabCalls')}
        outline={<IconPhone {...OUTLINE} />}
        filled={<IconPhone {...OUTLINE} fill="currentColor" />}
        badge={
          unseenCalls > 0 && (
            <Badge isUrgent count={unseenCalls} label={t('callList.unseen', { count: unseenCalls })} />
          )
        }
      />
      <Tab
        href="/people"
        label={t('common.tabPeople')}
        outline={<IconUsers {...OUTLINE} />}
        filled={<IconUsers {...BOLD} />}
      />
      <span className={classes.gap} />
      <Tab
        href="/settings"
        label={t('common.tabSettings')}
        outline={<IconSettings {...OUTLINE} />}
        filled={<IconSettings {...BOLD} />}
      />
      {me && (
        <Link className={classes.me} href="/settings/profile" title={me.name}>
          <Avatar id={me.id} name={me.name} size={40} />
          <span className={classes.label}>{me.name}</span>
        </Link>
      )}
    </nav>
  );
}

interface TabProps {
  href: string;
  label: string;
  outline: ReactNode;
  filled: ReactNode;
  badge?: ReactNode;
}

function Tab({ href, label, outline, filled, badge }: TabProps) {
  const [location] = useLocation();
  const isChosen = location === href || location.startsWith(`${href}/`);
  return (
    <Link
      className={isChosen ? `${classes.tab} ${classes.chosen}` : classes.tab}
      href={href}
      aria-current={isChosen ? 'page' : undefined}
      title={label}
    >
      <span className={classes.icon}>
        {isChosen ? filled : outline}
        {badge && <span className={classes.badge}>{badge}</span>}
      </span>
      <span className={classes.label}>{label}</span>
    </Link>
  );
}
