import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Avatar } from '../../components/Avatar.tsx';
import { useMe } from '../../components/useMe.ts';
import classes from './ProfileSummary.module.css';

export function ProfileSummary() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const person = useMe()?.person;
  if (!person) return null;
  const isChosen = location === '/settings/profile';
  return (
    <Link
      className={isChosen ? `${classes.row} ${classes.chosen}` : classes.row}
      href="/settings/profile"
      aria-current={isChosen ? 'page' : undefined}
    >
      <Avatar id={person.id} name={person.name} size={72} />
      <span className={classes.words}>
        <span className={classes.name}>{person.name}</span>
        <span className={classes.username}>
          {person.username ? `@${person.username}` : t('settings.noUsername')}
        </span>
        {person.about && <span className={classes.about}>{person.about}</span>}
      </span>
      <span className={classes.edit}>
        <IconPencil size={22} stroke={1.75} role="img" aria-label={t('settings.editProfile')} />
      </span>
    </Link>
  );
}
