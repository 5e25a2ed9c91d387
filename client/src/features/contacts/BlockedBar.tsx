import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import classes from './BlockedBar.module.css';
import { useBlocking } from './useBlocking.ts';

/** In the place of the field where one writes: says why there is none. */
export function BlockedBar({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { isBusy, unblock } = useBlocking(person);
  return (
    <div className={classes.bar}>
      <p className={classes.text} role="status">
        {t('contacts.blockedByMe')}
      </p>
      <Button look="soft" size="small" isBusy={isBusy} onClick={unblock}>
        {t('contacts.unblock')}
      </Button>
    </div>
  );
}
