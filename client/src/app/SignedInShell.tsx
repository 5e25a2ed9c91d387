import type { TFunction } from 'i18next';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from '../components/EmptyState.tsx';
import { useServices } from '../components/ServicesContext.tsx';
import { SkeletonRows } from '../components/SkeletonRows.tsx';
import { TabBar } from '../components/TabBar.tsx';
import { useIsWide } from '../components/useIsWide.ts';
import { useStoreOf } from '../components/useStoreOf.ts';
import { useUnseenCalls } from '../features/calls/list/useUnseenCalls.ts';
import { ContinueHere } from '../features/calls/screens/ContinueHere.tsx';
import { ChatListPage } from '../features/chats/ChatListPage.tsx';
import { ConnectionBanner } from '../features/chats/ConnectionBanner.tsx';
import { useUnreadTotal } from '../features/chats/useUnreadTotal.ts';
import { InstallBanner } from '../features/install/InstallBanner.tsx';
import { PushNotices } from '../features/notifications/PushNotices.tsx';
import { useMessageSound } from '../features/notifications/useMessageSound.ts';
import { KnockBanner, KnockToasts } from '../features/rooms/Knocks.tsx';
import { type CallCover, CallHost } from './CallHost.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { CallsPage, ChatPage, PeoplePage, SettingsPage, SharePage, WritingCard } from './innerScreens.ts';
import { OutboxHost } from './OutboxHost.tsx';
import { SettingsContent } from './SettingsContent.tsx';
import classes from './SignedInShell.module.css';
import { StorageNotices } from './StorageNotices.tsx';
import { UpdateBanner } from './UpdateBanner.tsx';

/** Most people open a chat next: it is there then, and the list was drawn before. */
const CHAT_LOADED_AFTER_MS = 1_000;

/** Two panes on a desktop, one on a phone: there a path with more than one part is the content alone. */
export function SignedInShell() {
  const [location] = useLocation();
  useEffect(() => {
    const timer = setTimeout(() => void ChatPage.load(), CHAT_LOADED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (location === '/') return <Redirect to="/chats" replace />;
  return (
    <OutboxHost>
      <KnockToasts />
      <CallHost>{(cover) => <Panes location={location} cover={cover} />}</CallHost>
    </OutboxHost>
  );
}

function Panes({ location, cover }: { location: string; cover: CallCover }) {
  const { t } = useTranslation();
  const { session, telegram } = useServices();
  const me = useStoreOf(session.store, (state) => state.me);
  const isWide = useIsWide();
  const unread = useUnreadTotal();
  useMessageSound(unread);
  const unseenCalls = useUnseenCalls();
  const isContentOpen = location.split('/').length > 2;
  const isAlone = location === '/share';
  const isListShown = !isAlone && (isWide ? cover !== 'beside' : !isContentOpen);

  return (
    <div className={classes.shell} data-call={cover} inert={cover === 'covered'}>
      <a className={classes.skip} href="#content">
        {t('common.skipToContent')}
      </a>
      {isListShown && (
        <div className={classes.tabs}>
          <TabBar unread={unread} unseenCalls={unseenCalls} me={me?.person ?? null} />
        </div>
      )}
      {isListShown && (
        <Pane
          className={classes.list}
          label={isWide ? sectionName(t, location) : undefined}
          location={location}
          foot={
            <>
              <ContinueHere />
              <UpdateBanner />
              <StorageNotices />
              {location.startsWith('/chats') && (telegram ? <WritingCard /> : <PushNotices />)}
              <KnockBanner />
              <ConnectionBanner />
              {location.startsWith('/chats') && <InstallBanner />}
            </>
          }
        >
          <ListRoutes />
        </Pane>
      )}
      {(isWide || isContentOpen || isAlone) && (
        <Pane className={classes.content} location={location}>
          <ContentRoutes />
        </Pane>
      )}
    </div>
  );
}

function ListRoutes() {
  return (
    <Switch>
      <Route path="/calls/*?">
        <CallsPage />
      </Route>
      <Route path="/people/*?">
        <PeoplePage />
      </Route>
      <Route path="/settings/*?">
        <SettingsPage />
      </Route>
      <Route path="/chats/*?">
        <ChatListPage />
      </Route>
      <Route>
        <ChatListPage />
      </Route>
    </Switch>
  );
}

function ContentRoutes() {
  const { t } = useTranslation();
  return (
    <Switch>
      <Route path="/chats/:chatId">{({ chatId }) => <ChatPage key={chatId} chatId={chatId} />}</Route>
      <Route path="/calls/:chatId">{({ chatId }) => <ChatPage key={chatId} chatId={chatId} />}</Route>
      <Route path="/settings/*?">
        <SettingsContent />
      </Route>
      <Route path="/share">
        <SharePage />
      </Route>
      <Route path="/chats">
        <EmptyState text={t('common.nothingChosen')} />
      </Route>
      <Route path="/calls">
        <EmptyState text={t('callList.nothingChosen')} />
      </Route>
      <Route path="/people">
        <EmptyState text={t('common.nothingChosen')} />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function NotFound() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <EmptyState
      isHeading
      text={t('common.notFound')}
      hint={t('common.notFoundHint')}
      action={{ label: t('common.toChats'), onClick: () => navigate('/chats') }}
    />
  );
}

interface PaneProps {
  className: string | undefined;
  /** Names a pane that stands beside the main one. */
  label?: string | undefined;
  location: string;
  /** Stands below whatever the pane shows. */
  foot?: ReactNode;
  children: ReactNode;
}

/** A pane fails and loads on its own. */
function Pane({ className, label, location, foot, children }: PaneProps) {
  const inner = (
    <ErrorBoundary resetKey={location}>
      <Suspense fallback={<SkeletonRows count={8} />}>{children}</Suspense>
    </ErrorBoundary>
  );
  return label === undefined ? (
    <main id="content" className={className} tabIndex={-1}>
      {inner}
      {foot}
    </main>
  ) : (
    <section aria-label={label} className={className}>
      {inner}
      {foot}
    </section>
  );
}

function sectionName(t: TFunction, location: string): string {
  if (location.startsWith('/calls')) return t('common.tabCalls');
  if (location.startsWith('/people')) return t('common.tabPeople');
  return location.startsWith('/settings') ? t('common.tabSettings') : t('common.tabChats');
}
