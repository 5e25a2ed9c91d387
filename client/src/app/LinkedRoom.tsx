import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';
import { RoomPage } from '../features/rooms/RoomPage.tsx';
import { CallHost } from './CallHost.tsx';
import { Splash } from './Splash.tsx';

/** What a room's link opens. Calls ring over it, and one that goes on stays in sight. */
export function LinkedRoom() {
  const { session } = useServices();
  const [, navigate] = useLocation();
  const isKnown = useStoreOf(session.store, (state) => state.status !== 'starting');
  if (!isKnown) return <Splash />;
  return (
    <CallHost>
      {(cover) => (
        <div style={{ height: '100%' }} inert={cover === 'covered'}>
          <RoomPage onIn={(chatId) => navigate(`/chats/${chatId}`, { replace: true })} />
        </div>
      )}
    </CallHost>
  );
}
