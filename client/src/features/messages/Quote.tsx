import { useTranslation } from 'react-i18next';
import classes from './Bubble.module.css';

/** `text` null: the message is not held. */
type Props = { text: string | null; name: string | null; onJump: () => void };

/** What a message answers; leads to it. */
export function Quote({ text, name, onJump }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={classes.quote}
      tabIndex={-1}
      title={t('messages.quoteJump')}
      onClick={(event) => {
        event.stopPropagation();
        onJump();
      }}
    >
      {name !== null && <span className={classes.quoteName}>{name}</span>}
      <span className={classes.quoteText}>{text ?? t('messages.quoteNotHere')}</span>
    </button>
  );
}
