import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDelayed } from '../../components/useDelayed.ts';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { chatHeaderQuery, isSyncedQuery } from '../../offline/queries.ts';
import type { ChatHeader } from '../../offline/readModels.ts';
import { WaitingList } from '../rooms/WaitingList.tsx';
import classes from './ChatPage.module.css';
import { ChatTop } from './ChatTop.tsx';
import { Conversation } from './Conversation.tsx';
import { useChatWindow } from './useChatWindow.ts';
import { useKeyboardInset } from './useKeyboardInset.ts';
import { type Target, useOpeningSeq, useTarget } from './useTarget.ts';

const NOT_HERE_AFTER_MS = 1_000;

/** An open chat. */
export function ChatPage({ chatId }: { chatId: string }) {
  const { copy, connection } = useServices();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const me = useMyId();
  const page = useRef<HTMLElement>(null);
  const header = useLive(copy, chatHeaderQuery(me, chatId));
  const isSynced = useLive(copy, isSyncedQuery);
  const isOnline = useStoreOf(connection, (now) => now.state === 'online');
  useKeyboardInset(page);

  const isMissing = header === null && isSynced === true && isOnline;
  return (
    <section ref={page} className={classes.page} aria-label={t('messages.history')}>
      {isMissing && (
        <EmptyState
          text={t('messages.noChat')}
          action={{ label: t('common.toChats'), onClick: () => navigate('/chats') }}
        />
      )}
      {header === null && !isOnline && <NotHere />}
      {header && (
        <>
          <ChatTop header={header} me={me} />
          {header.kind === 'room' && <WaitingList chatId={chatId} />}
          <OpenChat key={`${me} ${chatId}`} header={header} me={me} />
        </>
      )}
    </section>
  );
}

/** The copy does not hold it, and nobody can be asked; while the app starts that is not worth a word. */
function NotHere() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  if (!useDelayed(NOT_HERE_AFTER_MS)) return null;
  return (
    <EmptyState
      role="status"
      text={t('messages.notHere')}
      action={{ label: t('common.toChats'), onClick: () => navigate('/chats') }}
    />
  );
}

function OpenChat({ header, me }: { header: ChatHeader; me: string }) {
  const target = useTarget();
  const openAt = useOpeningSeq(header.chatId, target);
  if (openAt === undefined) return <div className={classes.history} />;
  return <OpenedChat header={header} me={me} target={target} openAt={openAt} />;
}

type OpenedProps = { header: ChatHeader; me: string; target: Target | null; openAt: number | null };

function OpenedChat({ header, me, target, openAt }: OpenedProps) {
  const view = useChatWindow(me, header, openAt);
  if (!view) return <div className={classes.history} />;
  return <Conversation header={header} me={me} view={view} target={target} />;
}
