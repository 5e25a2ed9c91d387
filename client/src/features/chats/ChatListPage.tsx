import { IconEdit } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { KEYS } from '../../offline/copy.ts';
import type { Query } from '../../offline/liveQuery.ts';
import { chatListQuery } from '../../offline/queries.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import { NewChatSheet } from '../contacts/NewChatSheet.tsx';
import classes from './ChatListPage.module.css';
import { ChatRows, type ChatRowsHandle } from './ChatRows.tsx';
import { chatName } from './chatName.ts';
import { SearchField } from './SearchField.tsx';

/** Whether this device has ever been told its chats: an empty copy is no empty list. */
const isSyncedQuery: Query<boolean> = {
  scope: 'isSynced',
  id: 'isSynced',
  keys: [KEYS.meta],
  read: async (tx) => (await tx.meta()).asOf !== null,
};

/** All chats, the latest talk first. */
export function ChatListPage() {
  const { copy } = useServices();
  const { t } = useTranslation();
  const me = useMyId();
  const items = useLive(copy, chatListQuery(me));
  const isSynced = useLive(copy, isSyncedQuery) ?? false;
  const [wanted, setWanted] = useState('');
  const [isStarting, setStarting] = useState(false);
  const [, params] = useRoute('/chats/:chatId');
  const rows = useRef<ChatRowsHandle>(null);
  const query = wanted.trim();

  const shown = useMemo(() => {
    const lower = query.toLocaleLowerCase();
    const names = (item: ChatListItem) => [chatName(t, item), item.peer?.username ?? ''];
    return (items ?? []).filter((item) =>
      names(item).some((name) => name.toLocaleLowerCase().includes(lower)),
    );
  }, [items, query, t]);

  return (
    <section className={classes.page}>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('chats.title')}</h1>
        <IconButton
          label={t('chats.newChat')}
          icon={<IconEdit stroke={1.75} aria-hidden="true" />}
          onClick={() => setStarting(true)}
        />
      </header>
      <div className={classes.search}>
        <SearchField value={wanted} onChange={setWanted} onArrowDown={() => rows.current?.focusFirst()} />
      </div>
      {renderList()}
      <NewChatSheet isOpen={isStarting} onClose={() => setStarting(false)} />
    </section>
  );

  function renderList() {
    const isEmpty = items?.length === 0;
    if (!items || (isEmpty && !isSynced)) {
      return (
        <div className={classes.rest}>
          <SkeletonRows count={8} />
        </div>
      );
    }
    if (isEmpty) {
      return (
        <div className={classes.rest}>
          <EmptyState
            text={t('chats.empty')}
            action={{ label: t('chats.newChat'), onClick: () => setStarting(true) }}
          />
        </div>
      );
    }
    if (shown.length === 0) {
      return (
        <p className={classes.nothing} role="status">
          {t('chats.nothingFound', { query })}
        </p>
      );
    }
    return <ChatRows ref={rows} items={shown} me={me} chosenId={params?.chatId ?? null} />;
  }
}
