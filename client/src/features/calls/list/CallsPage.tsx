import { IconLink } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { Segments } from '../../../components/Segments.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../../components/SkeletonRows.tsx';
import { useIsWide } from '../../../components/useIsWide.ts';
import { useLive } from '../../../components/useLive.ts';
import { useMyId } from '../../../components/useMyId.ts';
import { type CallFilter, type CallItem, callListQuery } from '../../../offline/callList.ts';
import { isSyncedQuery } from '../../../offline/queries.ts';
import { RoomsSheet } from '../../rooms/RoomsSheet.tsx';
import type { CallRowActions } from './CallRow.tsx';
import { CallRows } from './CallRows.tsx';
import classes from './CallsPage.module.css';
import { useSeeingCalls } from './useUnseenCalls.ts';

const PAGE = 60;

const CallDetailsSheet = lazy(async () => ({
  default: (await import('../sheets/CallDetailsSheet.tsx')).CallDetailsSheet,
}));

/** The Calls tab: all calls that the device holds, or those that were missed. */
export function CallsPage() {
  const { calls, copy } = useServices();
  const { t } = useTranslation();
  const me = useMyId();
  const isWide = useIsWide();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const [filter, setFilter] = useState<CallFilter>('all');
  const [isRoomsOpen, setRoomsOpen] = useState(false);
  const [limit, setLimit] = useState(PAGE);
  const [details, setDetails] = useState<{ item: CallItem; isOpen: boolean } | null>(null);
  const list = useLive(copy, callListQuery(me, filter, limit));
  const isSynced = useLive(copy, isSyncedQuery) ?? false;
  useSeeingCalls();

  const actions = useMemo<CallRowActions>(
    () => ({
      open(item) {
        if (isWide)
          navigate(`/calls/${item.chatId}?message=${item.messageId}`, { state: { askedAt: Date.now() } });
        else setDetails({ item, isOpen: true });
      },
      callBack({ chatId, chat, call: { media } }) {
        if (chat.kind !== 'room') void calls.start({ chatId, media });
        else void calls.enterRoom({ chatId, media, isWithCamera: media === 'video', isWithMicrophone: true });
      },
    }),
    [calls, isWide, navigate],
  );

  return (
    <section className={classes.page}>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('callList.title')}</h1>
        <IconButton
          label={t('rooms.byLink')}
          icon={<IconLink stroke={1.75} aria-hidden="true" />}
          onClick={() => setRoomsOpen(true)}
        />
      </header>
      <div className={classes.filter}>
        <Segments<CallFilter>
          label={t('callList.filter')}
          options={[
            { value: 'all', label: t('callList.all') },
            { value: 'missed', label: t('callList.missedOnly') },
          ]}
          value={filter}
          onChange={(chosen) => {
            setFilter(chosen);
            setLimit(PAGE);
          }}
        />
      </div>
      {renderList()}
      <RoomsSheet isOpen={isRoomsOpen} onClose={() => setRoomsOpen(false)} />
      {details && (
        <Suspense fallback={null}>
          <CallDetailsSheet
            callId={details.item.call.callId}
            summary={details.item.call}
            startedBy={details.item.isOutgoing ? me : details.item.chat.peer?.id}
            chatId={details.item.chatId}
            isOpen={details.isOpen}
            onClose={() => setDetails({ ...details, isOpen: false })}
          />
        </Suspense>
      )}
    </section>
  );

  function renderList() {
    if (!list || (list.items.length === 0 && !isSynced)) {
      return (
        <div className={classes.scroller}>
          <SkeletonRows count={8} />
        </div>
      );
    }
    if (list.items.length === 0) {
      return (
        <div className={classes.scroller}>
          {filter === 'all' ? (
            <EmptyState
              text={t('callList.empty')}
              action={{ label: t('common.toChats'), onClick: () => navigate('/chats') }}
            />
          ) : (
            <EmptyState text={t('callList.emptyMissed')} />
          )}
        </div>
      );
    }
    return (
      <CallRows
        key={filter}
        items={list.items}
        hasMore={list.hasMore}
        chosenId={isWide ? params.get('message') : null}
        actions={actions}
        onNearEnd={() => setLimit(list.items.length + PAGE)}
      />
    );
  }
}
