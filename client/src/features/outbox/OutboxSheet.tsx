import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { outboxQuery } from '../../offline/outboxQuery.ts';
import type { OutboxView } from '../../offline/readModels.ts';
import { OutboxRow } from './OutboxRow.tsx';
import classes from './OutboxSheet.module.css';

type Props = { isOpen: boolean; onClose: () => void };

/** As long as a try takes where the server answers; then the rows themselves tell. */
const TRYING_SHOWN_MS = 1_500;

/** What has not reached the server, why, and what can be done about it. */
export function OutboxSheet({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { copy } = useServices();
  const view = useLive(copy, outboxQuery(useMyId()));
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('outbox.title')} subtitle={view && summary(t, view)}>
      {view && <OutboxList view={view} />}
    </Sheet>
  );
}

function OutboxList({ view }: { view: OutboxView }) {
  const { t } = useTranslation();
  const { commands, sendNow } = useServices();
  const showToast = useToast();
  const list = useRef<HTMLOListElement>(null);
  const [isTrying, setTrying] = useState(false);

  useEffect(() => {
    if (!isTrying) return;
    const timer = setTimeout(() => setTrying(false), TRYING_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isTrying]);

  /** What a button did may take its row away, and the focus with it. */
  function run(done: Promise<void>): void {
    done.then(
      () => list.current?.focus(),
      () => showToast({ text: t('outbox.couldNotChange') }),
    );
  }
  function tryAll(): void {
    setTrying(true);
    commands.retryAll().then(sendNow, () => showToast({ text: t('outbox.couldNotChange') }));
  }

  if (view.items.length === 0) {
    return (
      <div className={classes.empty}>
        <EmptyState text={t('outbox.empty')} role="status" />
      </div>
    );
  }
  return (
    <>
      <ol ref={list} tabIndex={-1} className={classes.list} aria-label={t('outbox.list')}>
        {view.items.map((item) => (
          <OutboxRow key={item.command.id} item={item} pause={view.pause} onRun={run} />
        ))}
      </ol>
      <div className={classes.foot}>
        <Button look="plain" isBusy={isTrying} onClick={tryAll}>
          {isTrying ? t('outbox.trying') : t('outbox.tryAll')}
        </Button>
      </div>
    </>
  );
}

function summary(t: TFunction, { items }: OutboxView): string | undefined {
  const failed = items.filter(({ command }) => command.state === 'failed').length;
  const waiting = items.length - failed;
  const counts = [
    waiting > 0 && t('outbox.waiting', { count: waiting }),
    failed > 0 && t('outbox.needsYou', { count: failed }),
  ];
  const said = counts.filter(Boolean).join(', ');
  if (said === '') return undefined;
  return items.length > 1 ? `${said}. ${t('outbox.inThisOrder')}` : `${said}.`;
}
