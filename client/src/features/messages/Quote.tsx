import { useTranslation } from 'react-i18next';
import classes from './Bubble.module.css';
import type { QuotedLine } from './quoting.ts';

type Props = { quoted: QuotedLine | undefined; name: string | null; onJump: () => void };

/** What a message answers; leads to it. */
export function Quote({ quoted, name, onJump }: Props) {
  const { t } = useTranslation();
  const text = quoted ? (quoted.isDeleted ? t('messages.deleted') : quoted.text) : t('messages.quoteNotHere');
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
      <span className={classes.quoteText}>{text}</span>
    </button>
  );
}
