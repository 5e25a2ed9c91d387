import { IconChevronLeft, IconCloudOff, IconPhone, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { Avatar } from '../../components/Avatar.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useOpenOutbox } from '../../components/OpenOutboxContext.ts';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDateWords } from '../../components/useDateWords.ts';
import { useIsWide } from '../../components/useIsWide.ts';
import { useMe } from '../../components/useMe.ts';
import { useNow } from '../../components/useNow.ts';
import { useOutboxCounts } from '../../components/useOutboxCounts.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { ChatHeader } from '../../offline/readModels.ts';
import { ArchiveRow } from '../chats/ArchiveRow.tsx';
import { ChatSheet } from '../chats/ChatSheet.tsx';
import { chatName } from '../chats/chatName.ts';
import { listPath } from '../chats/chatPath.ts';
import { useTypingWords } from '../chats/useTypingWords.ts';
import { useUnreadTotal } from '../chats/useUnreadTotal.ts';
import { PersonSheet } from '../contacts/PersonSheet.tsx';
import { presenceWords } from '../contacts/presenceWords.ts';
import { MuteRows } from '../notifications/MuteRows.tsx';
import { RoomTop } from '../rooms/RoomTop.tsx';
import classes from './ChatTop.module.css';

/** Whom one talks with, and whether they are here. */
export function ChatTop({ header, me }: { header: ChatHeader; me: string }) {
  const { t } = useTranslation();
  const { calls, presence } = useServices();
  const isWide = useIsWide();
  const search = useSearch();
  const [location] = useLocation();
  const unread = useUnreadTotal();
  const [isAboutOpen, setAboutOpen] = useState(false);
  const isGuest = useMe()?.guestOf !== undefined;
  const name = chatName(t, header);
  const isOnline = useStoreOf(presence.store, (now) => now.people[header.peer?.id ?? '']?.isOnline ?? false);
  return (
    <header className={classes.header}>
      {!isWide && !isGuest && (
        <Link
          href={location.startsWith('/calls/') ? '/calls' : listPath(search)}
          className={classes.back}
          aria-label={unread > 0 ? t('messages.backWithUnread', { count: unread }) : t('common.back')}
        >
          <IconChevronLeft size={26} stroke={2} aria-hidden="true" />
          {unread > 0 && <span aria-hidden="true">{unread}</span>}
        </Link>
      )}
      <Avatar
        id={header.peer?.id ?? header.chatId}
        name={name}
        kind={header.kind === 'saved' ? 'saved' : header.kind === 'direct' ? 'person' : 'group'}
        size={40}
        isOnline={isOnline}
      />
      <div className={classes.words}>
        <h1 className={classes.name}>
          {header.peer || (!isGuest && !header.isPending) ? (
            <button type="button" className={classes.about} onClick={() => setAboutOpen(true)}>
              {name}
            </button>
          ) : (
            name
          )}
        </h1>
        <Status header={header} me={me} />
      </div>
      {header.peer && (
        <PersonSheet
          person={header.peer}
          hasBlocked={header.hasBlocked}
          isOpen={isAboutOpen}
          onClose={() => setAboutOpen(false)}
        >
          {!header.isPending && (
            <>
              <MuteRows chatId={header.chatId} mutedUntil={header.mutedUntil} />
              <ArchiveRow chatId={header.chatId} name={name} isArchived={header.isArchived} />
            </>
          )}
        </PersonSheet>
      )}
      {!header.peer && <ChatSheet chat={isAboutOpen ? header : null} onClose={() => setAboutOpen(false)} />}
      {header.kind === 'room' && (
        <div className={classes.calls}>
          <RoomTop chatId={header.chatId} />
        </div>
      )}
      {header.kind === 'direct' && !header.hasBlocked && (
        <div className={classes.calls}>
          <IconButton
            label={t('callList.audio')}
            icon={<IconPhone stroke={1.75} aria-hidden="true" />}
            onClick={() => void calls.start({ chatId: header.chatId, media: 'audio' })}
          />
          <IconButton
            label={t('callList.video')}
            icon={<IconVideo stroke={1.75} aria-hidden="true" />}
            onClick={() => void calls.start({ chatId: header.chatId, media: 'video' })}
          />
        </div>
      )}
    </header>
  );
}

/** On a phone the band below the list is out of sight: from here, too, one gets at what waits. */
function Offline() {
  const { t } = useTranslation();
  const { waiting, failed } = useOutboxCounts();
  const openOutbox = useOpenOutbox();
  const said = (
    <>
      <IconCloudOff size={16} stroke={2} aria-hidden="true" />
      {t('connection.waitingForNetwork')}
    </>
  );
  if (waiting + failed === 0) return <p className={classes.status}>{said}</p>;
  return (
    <button type="button" className={`${classes.status} ${classes.outbox}`} onClick={openOutbox}>
      {said}
      <span className={classes.count}>
        {waiting > 0 ? t('outbox.waiting', { count: waiting }) : t('outbox.needsYou', { count: failed })}
      </span>
    </button>
  );
}

function Status({ header, me }: { header: ChatHeader; me: string }) {
  const { t } = useTranslation();
  const { connection, presence } = useServices();
  const words = useDateWords();
  const now = useNow(30_000);
  const typing = useTypingWords(header.chatId, header.kind, me);
  const state = useStoreOf(connection, (current) => current.state);
  const seen = useStoreOf(presence.store, (current) => current.people[header.peer?.id ?? '']);
  if (state === 'offline') return <Offline />;
  if (state === 'connecting') return <p className={classes.status}>{t('connection.connecting')}</p>;
  if (typing !== null) return <p className={`${classes.status} ${classes.typing}`}>{typing}</p>;
  if (header.kind === 'saved') return <p className={classes.status}>{t('contacts.savedHint')}</p>;
  if (header.kind === 'room')
    return <p className={classes.status}>{t('rooms.people', { count: header.memberCount })}</p>;
  const said = presenceWords(t, words, seen, now);
  return said === null ? null : <p className={classes.status}>{said}</p>;
}
