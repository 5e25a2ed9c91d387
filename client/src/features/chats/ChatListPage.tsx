import { IconEdit, IconLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useRoute, useSearch } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Row } from '../../components/Row.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { chatListQuery, isSyncedQuery } from '../../offline/queries.ts';
import { NewChatSheet } from '../contacts/NewChatSheet.tsx';
import { CreateRoomSheet } from '../rooms/CreateRoomSheet.tsx';
import { ArchivedChats } from './ArchivedChats.tsx';
import classes from './ChatListPage.module.css';
import { ChatRows, type ChatRowsHandle } from './ChatRows.tsx';
import { queryOf, wantsArchive, wantsNewChat } from './chatPath.ts';
import { SearchField, type SearchFieldHandle } from './SearchField.tsx';
import { SearchList } from './SearchList.tsx';

/** The list of chats, or of those that are archived. */
export function ChatListPage() {
  return wantsArchive(useSearch()) ? <ArchivedChats /> : <AllChats />;
}

/** All chats, the latest talk first, or what a search finds on this device. */
function AllChats() {
  const { copy } = useServices();
  const { t } = useTranslation();
  const me = useMyId();
  const items = useLive(copy, chatListQuery(me));
  const isSynced = useLive(copy, isSyncedQuery) ?? false;
  const search = useSearch();
  // Back from a found message, the search is still there.
  const [wanted, setWanted] = useState(() => queryOf(search));
  const [isStarting, setStarting] = useState(false);
  const [isCreatingRoom, setCreatingRoom] = useState(false);
  const [, params] = useRoute('/chats/:chatId');
  const rows = useRef<ChatRowsHandle>(null);
  const field = useRef<SearchFieldHandle>(null);
  const query = wanted.trim();
  const [, navigate] = useLocation();
  const isNewChatWanted = wantsNewChat(search);
  useEffect(() => {
    if (!isNewChatWanted) return;
    setStarting(true);
    // Once is enough: neither a reload nor the way back opens it again.
    navigate('/chats', { replace: true });
  }, [isNewChatWanted, navigate]);

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
        <SearchField
          ref={field}
          value={wanted}
          onChange={setWanted}
          onArrowDown={() => rows.current?.focusFirst()}
          onEnter={() => rows.current?.openFirst()}
        />
      </div>
      {renderList()}
      <NewChatSheet isOpen={isStarting} onClose={() => setStarting(false)}>
        <Row
          icon={<IconLink size={24} stroke={1.75} />}
          title={t('rooms.new')}
          text={t('rooms.newHint')}
          onClick={() => {
            setStarting(false);
            setCreatingRoom(true);
          }}
        />
      </NewChatSheet>
      <CreateRoomSheet
        isOpen={isCreatingRoom}
        onClose={() => setCreatingRoom(false)}
        onCreated={(chatId) => {
          setCreatingRoom(false);
          navigate(`/chats/${chatId}?invite`);
        }}
      />
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
    if (query !== '') {
      return (
        <SearchList
          ref={rows}
          query={query}
          items={items}
          me={me}
          chosenId={params?.chatId ?? null}
          onLeave={() => field.current?.focus()}
          onEscape={() => {
            setWanted('');
            field.current?.focus();
          }}
        />
      );
    }
    return (
      <ChatRows
        ref={rows}
        items={items.filter((item) => !item.isArchived)}
        archived={items.filter((item) => item.isArchived)}
        me={me}
        chosenId={params?.chatId ?? null}
      />
    );
  }
}
