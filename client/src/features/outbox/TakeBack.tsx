import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import type { Cancelling } from '../../offline/outboxRules.ts';
import classes from './OutboxRow.module.css';

type Props = { cancelling: Cancelling; onTake: () => void; onKeep: () => void };

/** Says what taking it back means, before it is done. */
export function TakeBack({ cancelling, onTake, onKeep }: Props) {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  const { hint, action } = wordsOf(t, cancelling);

  useEffect(() => first.current?.focus(), []);

  return (
    <>
      <p className={classes.hint} role="status">
        {hint}
      </p>
      <div className={classes.actions}>
        <Button ref={first} look="soft" size="small" onClick={onTake}>
          {action}
        </Button>
        <Button look="plain" size="small" className={classes.quiet} onClick={onKeep}>
          {t('outbox.keep')}
        </Button>
      </div>
    </>
  );
}

function wordsOf(t: TFunction, cancelling: Cancelling): { hint: string; action: string } {
  switch (cancelling) {
    case 'dropsMessage':
      return { hint: t('outbox.dropAsk'), action: t('outbox.drop') };
    case 'keepsMessage':
      return { hint: t('outbox.undoAsk'), action: t('outbox.undo') };
    case 'deletesMessage':
      return { hint: t('outbox.deleteSentAsk'), action: t('outbox.deleteSent') };
    case 'dropsChat':
      return { hint: t('outbox.dropChatAsk'), action: t('outbox.drop') };
    default:
      return cancelling satisfies never;
  }
}
