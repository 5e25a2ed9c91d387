import { type ReactNode, Suspense, useRef } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useMe } from '../components/useMe.ts';
import { useStoreOf } from '../components/useStoreOf.ts';
import { followedLink } from './afterSignIn.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FollowWorker } from './FollowWorker.tsx';
import { BeforeCall, MeantPage } from './MeantPage.tsx';
import {
  ConfirmPage,
  ContinuePage,
  DocumentPage,
  ForgotPage,
  ResetPage,
  SignInPage,
  SignUpPage,
  TelegramGate,
  TelegramReturnPage,
} from './outerScreens.ts';
import { Splash } from './Splash.tsx';
import { GuestShell, LinkedRoom, RoomOver, SignedInShell } from './shell.ts';

/** Pages anyone may open, pages for the signed out, and the rest: the app itself. */
export function Routes() {
  const [location] = useLocation();
  return (
    <ErrorBoundary resetKey={location}>
      <FollowWorker />
      <Suspense fallback={<Splash />}>
        <Switch>
          <Route path="/terms">
            <DocumentPage name="terms" />
          </Route>
          <Route path="/privacy">
            <DocumentPage name="privacy" />
          </Route>
          <Route path="/confirm">
            <ConfirmPage />
          </Route>
          <Route path="/reset">
            <ResetPage />
          </Route>
          <Route path="/telegram">
            <TelegramReturnPage pathAfter={pathAfter} />
          </Route>
          <Route path="/continue">
            <ContinuePage pathAfter={pathAfter} />
          </Route>
          <Route path="/r">
            <LinkedRoom />
          </Route>
          <Route path="/sign-in">
            <SignedOutOnly>
              <SignInPage />
            </SignedOutOnly>
          </Route>
          <Route path="/sign-up">
            <SignedOutOnly>
              <SignUpPage />
            </SignedOutOnly>
          </Route>
          <Route path="/forgot">
            <SignedOutOnly>
              <ForgotPage />
            </SignedOutOnly>
          </Route>
          {['/answer/:callId', '/call-back/:chatId'].map((path) => (
            <Route key={path} path={path}>
              <BeforeCall>
                <SignedInOnly>
                  <MeantPage key={location} />
                </SignedInOnly>
              </BeforeCall>
            </Route>
          ))}
          <Route>
            <SignedInOnly>
              <SignedInShell />
            </SignedInOnly>
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function SignedOutOnly({ children }: { children: ReactNode }) {
  const { telegram } = useServices();
  const status = useStatus();
  const me = useMe();
  if (status === 'starting') return <Splash />;
  if (me?.guestOf !== undefined) return children;
  if (status === 'signedIn') return <Redirect to={nextPath()} replace />;
  return telegram ? <TelegramGate telegram={telegram} /> : children;
}

function SignedInOnly({ children }: { children: ReactNode }) {
  const { telegram } = useServices();
  const [location] = useLocation();
  const search = useSearch();
  const status = useStatus();
  const me = useMe();
  const wasGuest = useRef(false);
  if (me) wasGuest.current = me.guestOf !== undefined;
  if (status === 'starting') return <Splash />;
  if (me?.guestOf !== undefined) return <GuestShell chatId={me.guestOf} />;
  if (status === 'signedIn') return children;
  if (wasGuest.current) return <RoomOver />;
  if (telegram) return <TelegramGate telegram={telegram} />;
  const next = followedLink(search === '' ? location : `${location}?${search}`);
  return <Redirect to="/sign-in" replace state={{ next }} />;
}

function useStatus() {
  const { session } = useServices();
  return useStoreOf(session.store, (state) => state.status);
}

function nextPath(): string {
  const state: unknown = history.state;
  const next = typeof state === 'object' && state !== null && 'next' in state ? state.next : undefined;
  return pathAfter(next);
}

function pathAfter(next: unknown): string {
  return followedLink(next) ?? '/chats';
}
