import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import classes from './OutboxRow.module.css';

type Props = {
  text: string;
  /** Then the change leaves as an edit of it. */
  mayBeSent: boolean;
  onSave: (text: string) => void;
  onCancel: () => void;
};

/** Changes what has not left yet, in its row. */
export function EditForm({ text, mayBeSent, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [wanted, setWanted] = useState(text);
  const isEmpty = wanted.trim() === '';

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, [text]);

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (isEmpty) return;
    if (wanted.trim() === text) onCancel();
    else onSave(wanted.trim());
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <textarea
        ref={field}
        // Escape gives up the change only: the sheet stays.
        data-mantine-stop-propagation="true"
        className={classes.field}
        aria-label={t('outbox.editText')}
        maxLength={LIMITS.messageTextLength}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {mayBeSent && <p className={classes.hint}>{t('outbox.mayBeSent')}</p>}
      <div className={classes.actions}>
        <Button type="submit" look="soft" size="small" disabled={isEmpty}>
          {t('common.save')}
        </Button>
        <Button look="plain" size="small" className={classes.quiet} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
