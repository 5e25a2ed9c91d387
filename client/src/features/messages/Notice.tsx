import { useTranslation } from 'react-i18next';
import type { RowActions } from './MessageRow.tsx';
import classes from './Notice.module.css';

/** What keeps a message, or a change of it, from leaving or being noticed, and what can be done. */
export type RowNotice =
  | { kind: 'waits'; text: string }
  | { kind: 'unreached'; text: string }
  | { kind: 'failed'; text: string; commandId: string; isSend: boolean };

type Props = { notice: RowNotice; id: string; actions: RowActions };

export function Notice({ notice, id, actions }: Props) {
  const { t } = useTranslation();
  if (notice.kind === 'waits') {
    return (
      <div className={classes.notice}>
        <span>{notice.text}</span>
        <button type="button" onClick={() => actions.edit(id)}>
          {t('messages.edit')}
        </button>
      </div>
    );
  }
  if (notice.kind === 'unreached') {
    const canShare = 'share' in navigator;
    return (
      <div className={classes.notice}>
        <span role="status">{notice.text}</span>
        <span className={classes.actions}>
          <button type="button" onClick={() => actions.call(id)}>
            {t('messages.call')}
          </button>
          <button type="button" onClick={() => actions.passOn(id)}>
            {t(canShare ? 'messages.passOn' : 'messages.copy')}
          </button>
        </span>
      </div>
    );
  }
  return (
    <div className={classes.notice} data-failed>
      <span role="status">{notice.text}</span>
      <span className={classes.actions}>
        <button type="button" onClick={() => actions.retry(notice.commandId)}>
          {t('messages.retry')}
        </button>
        {notice.isSend && (
          <button type="button" onClick={() => actions.edit(id)}>
            {t('messages.edit')}
          </button>
        )}
        <button type="button" onClick={() => actions.discard(notice.commandId)}>
          {t('messages.discard')}
        </button>
      </span>
    </div>
  );
}
