import { Suspense } from 'react';
import { useServices } from '../components/ServicesContext.tsx';
import { SkeletonRows } from '../components/SkeletonRows.tsx';
import { useLive } from '../components/useLive.ts';
import { GuestBar } from '../features/rooms/GuestBar.tsx';
import { GuestNotice } from '../features/rooms/GuestNotice.tsx';
import { roomHeadQuery } from '../offline/roomHead.ts';
import { CallHost } from './CallHost.tsx';
import classes from './GuestShell.module.css';
import { ChatPage } from './innerScreens.ts';

/** All that a guest sees: the chat of one room, its call over or beside it, and the way to an account. */
export function GuestShell({ chatId }: { chatId: string }) {
  const { copy } = useServices();
  const head = useLive(copy, roomHeadQuery(chatId));
  return (
    <CallHost>
      {(cover) => (
        <div className={classes.shell} data-call={cover} inert={cover === 'covered'}>
          {head ? (
            <main id="content" className={classes.content} tabIndex={-1}>
              <GuestBar chatId={chatId} />
              <Suspense fallback={<SkeletonRows count={8} />}>
                <ChatPage chatId={chatId} />
              </Suspense>
            </main>
          ) : (
            <GuestNotice chatId={chatId} />
          )}
        </div>
      )}
    </CallHost>
  );
}
