import { useTranslation } from 'react-i18next';
import classes from './Marks.module.css';

export type Mark = 'waiting' | 'failed' | 'sent' | 'delivered' | 'read';

/** As wide as the drawing, so that the time stands at the same distance from each. */
const VIEW: Readonly<Record<Mark, string>> = {
  waiting: '0 0 16 16',
  failed: '0 0 16 16',
  sent: '5 0 12 16',
  delivered: '1 0 18 16',
  read: '1 0 18 16',
};

/** How far an own message has come: drawn, and said to screen readers. Read differs by weight as well as colour. */
export function Marks({ mark }: { mark: Mark }) {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} data-mark={mark}>
      <svg viewBox={VIEW[mark]} aria-hidden="true">
        <MarkShape mark={mark} />
      </svg>
      <span className={classes.words}>{t(`chats.${mark}`)}</span>
    </span>
  );
}

function MarkShape({ mark }: { mark: Mark }) {
  switch (mark) {
    case 'waiting':
      return (
        <>
          <circle cx="8" cy="8" r="6" />
          <path d="M8 4.6V8l2.2 1.5" />
        </>
      );
    case 'failed':
      return (
        <>
          <circle cx="8" cy="8" r="6" />
          <path d="M8 4.8v3.8M8 11v.1" />
        </>
      );
    case 'sent':
      return <path d="M6 8.6l3.2 3.2 6.6-7.4" />;
    case 'delivered':
    case 'read':
      return <path d="M2 8.6l3.2 3.2 6.6-7.4M10.2 11.4l.6.4 6.8-7.4" />;
    default:
      return mark satisfies never;
  }
}
