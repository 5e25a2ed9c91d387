import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { TelegramPart } from '../../net/sessionDoor.ts';
import type { Gate } from '../../net/telegramDoor.ts';
import { AuthLayout } from '../identity/AuthLayout.tsx';
import classes from './gate.module.css';
import { InviteForm } from './InviteForm.tsx';

/** Stands inside Telegram where a browser has the page that signs in: why the app is not open, and what to do. */
export function TelegramGate({ telegram }: { telegram: TelegramPart }) {
  const { t } = useTranslation();
  const { session } = useServices();
  const gate = useStoreOf(telegram.gate, (state) => state);
  const hasLeft = useStoreOf(session.store, (state) => state.endedBy === 'user');
  if (gate.is === 'invite') return <InviteForm telegram={telegram} wasWrong={gate.wasWrong} />;
  const why = hasLeft ? 'left' : reasonOf(gate.is);
  return (
    <AuthLayout title={t(`telegram.${why}Title`)} lead={t(`telegram.${why}Text`)}>
      <div className={classes.act}>
        <Button isWide onClick={telegram.close}>
          {t('telegram.close')}
        </Button>
      </div>
    </AuthLayout>
  );
}

/** Where the door was open, the session has ended since. */
function reasonOf(is: Exclude<Gate['is'], 'invite'>) {
  return is === 'open' ? 'over' : is;
}
