import { IconAlertCircle, IconClock, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDateWords } from '../../components/useDateWords.ts';
import { useNow } from '../../components/useNow.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { waitText, writtenText } from '../../i18n/waitText.ts';
import { type WaitState, waitStateOf } from '../../net/waitState.ts';
import type { CopyMeta } from '../../offline/copy.ts';
import type { OutboxItem } from '../../offline/readModels.ts';
import { reasonText } from '../messages/reasonText.ts';
import classes from './OutboxRow.module.css';

type Props = { item: OutboxItem; pause: CopyMeta['pause'] };

const ICON = { size: 18, stroke: 2, 'aria-hidden': true } as const;
/** A pause that is over is noticed within this time. */
const LOOK_EVERY_MS = 2_000;

/** Why it is still here. */
export function StateLine({ item: { command, isNext }, pause }: Props) {
  const { t } = useTranslation();
  const words = useDateWords();
  const now = useNow(LOOK_EVERY_MS);
  const { connection } = useServices();
  const state = useStoreOf(connection, (current) => current.state);
  if (command.state === 'failed') {
    return (
      <p className={classes.state} data-failed>
        <IconAlertCircle {...ICON} />
        <span>{reasonText(t, command.reason)}</span>
      </p>
    );
  }
  const wait = waitStateOf(command, { connection: state, pause, isNext, now: now.getTime() });
  const written = writtenText(t, words, new Date(command.writtenAt), now);
  return (
    <p className={classes.state}>
      {iconOf(wait)}
      <span>{`${waitText(t, words, wait)} · ${written}`}</span>
    </p>
  );
}

function iconOf({ kind }: WaitState): ReactNode {
  switch (kind) {
    case 'offline':
    case 'queued':
    case 'asked':
      return <IconClock {...ICON} />;
    case 'trouble':
      return <IconCloudOff {...ICON} />;
    case 'connecting':
    case 'sending':
      return <IconRefresh {...ICON} />;
    default:
      return kind satisfies never;
  }
}
