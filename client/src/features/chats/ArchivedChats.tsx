import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { chatListQuery } from '../../offline/queries.ts';
import classes from './ChatListPage.module.css';
import { ChatRows, type ChatRowsHandle } from './ChatRows.tsx';

/** The chats that one has put aside. */
export function ArchivedChats() {
  const { copy } = useServices();
  const { t } = useTranslation();
  const me = useMyId();
  const items = useLive(copy, chatListQuery(me))?.filter((item) => item.isArchived);
  const [, params] = useRoute('/chats/:chatId');
  const rows = useRef<ChatRowsHandle>(null);
  const chosenId = params?.chatId ?? null;
  return (
    <section className={classes.page}>
      <ScreenHeader
        title={t('archive.title')}
        backTo={chosenId === null ? '/chats' : `/chats/${chosenId}`}
        look="sub"
      />
      {items && items.length > 0 ? (
        <ChatRows ref={rows} items={items} me={me} chosenId={chosenId} />
      ) : (
        <div className={classes.rest}>
          {items ? <EmptyState text={t('archive.empty')} /> : <SkeletonRows count={8} />}
        </div>
      )}
    </section>
  );
}
