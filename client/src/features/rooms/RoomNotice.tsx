import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { ContinueInBrowser } from '../../components/ContinueInBrowser.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDelayed } from '../../components/useDelayed.ts';
import { errorText } from '../../i18n/errorText.ts';
import { RoomFrame } from './RoomFrame.tsx';
import classes from './RoomNotice.module.css';

type Props = {
  action?: { label: string; onClick: () => void };
} & (
  | { kind: 'looking' | 'unknown' | 'closed' | 'refused' | 'removed' }
  /** This browser makes no calls. */
  | { kind: 'unable'; title: string }
  | { kind: 'failed'; error: unknown }
);

const LOOKING_SHOWN_AFTER_MS = 300;

/** A room that cannot be come into now: what happened, and what to do next. */
export function RoomNotice(props: Props) {
  const { t } = useTranslation();
  const { kind, action } = props;
  switch (kind) {
    case 'looking':
      return <Looking />;
    case 'unable':
      return <Unable title={props.title} />;
    case 'failed':
      return framed(t('rooms.failedTitle'), errorText(t, props.error));
    case 'unknown':
      return framed(t('rooms.unknownTitle'), t('rooms.unknownHint'));
    case 'closed':
      return framed(t('rooms.closedTitle'), t('rooms.closedHint'));
    // Also for who was removed and knocks anew: the door does not say which.
    case 'refused':
      return framed(t('rooms.refusedTitle'), t('rooms.refusedHint'));
    case 'removed':
      return framed(t('rooms.removedTitle'), t('rooms.removedHint'));
    default:
      return kind satisfies never;
  }

  function framed(title: string, text: string) {
    return (
      <RoomFrame title={title} lead={<p role="status">{text}</p>}>
        {action && (
          <Button look="soft" onClick={action.onClick}>
            {action.label}
          </Button>
        )}
      </RoomFrame>
    );
  }
}

function Looking() {
  const { t } = useTranslation();
  if (!useDelayed(LOOKING_SHOWN_AFTER_MS)) return <main id="content" />;
  return <RoomFrame title={t('rooms.looking')} />;
}

/** Inside another app there is mostly no camera and no microphone: the way out is that app's own menu, or the link. */
function Unable({ title }: { title: string }) {
  const { t } = useTranslation();
  const showToast = useToast();
  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      showToast({ text: t('rooms.linkCopied') });
    } catch {
      // Web views forbid that, too: there the link is marked by hand.
      showToast({ text: t('rooms.copyByHand') });
    }
  }
  return (
    <RoomFrame title={title} lead={<p role="status">{t('rooms.unable')}</p>}>
      <ol className={classes.steps}>
        <li>{t('rooms.unableMenu')}</li>
        <li>{t('rooms.unableLink')}</li>
      </ol>
      <p className={classes.link}>{location.href}</p>
      <Button isWide onClick={() => void copy()}>
        {t('rooms.copyLink')}
      </Button>
      <ContinueInBrowser to={location.pathname + location.hash} />
    </RoomFrame>
  );
}
