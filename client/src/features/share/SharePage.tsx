import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useLive } from '../../components/useLive.ts';
import { useMyId } from '../../components/useMyId.ts';
import { chatListQuery } from '../../offline/queries.ts';
import type { ChatListItem } from '../../offline/readModels.ts';
import { createMatcher } from '../../offline/search/matcher.ts';
import { chatName } from '../chats/chatName.ts';
import { chatPath } from '../chats/chatPath.ts';
import { SearchField } from '../chats/SearchField.tsx';
import { ChatChoice } from './ChatChoice.tsx';
import classes from './SharePage.module.css';
import { sharedText } from './sharedText.ts';

/** Sends what another app shares into a chat, with or without a network. */
export function SharePage() {
  const { t } = useTranslation();
  const search = useSearch();
  const text = sharedText(search);
  return (
    <section className={classes.page}>
      <ScreenHeader title={t('share.title')} look="sub" backTo="/chats" />
      {text === '' ? <EmptyState text={t('share.nothing')} /> : <ShareForm key={search} shared={text} />}
    </section>
  );
}

function ShareForm({ shared }: { shared: string }) {
  const { commands, copy } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const me = useMyId();
  const items = useLive(copy, chatListQuery(me));
  const [text, setText] = useState(shared);
  const [wanted, setWanted] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const choice = useRef<HTMLFieldSetElement>(null);
  const matcher = createMatcher(wanted);
  const found = items?.filter((item) => matcher.isEmpty || matcher.isMatch(namesOf(item))) ?? [];
  const chosen = items?.find((item) => item.chatId === chosenId);
  const tooMany = text.trim().length - LIMITS.messageTextLength;

  function namesOf(item: ChatListItem): string {
    const username = item.peer?.username;
    return username ? `${chatName(t, item)} @${username}` : chatName(t, item);
  }

  async function send(chatId: string): Promise<void> {
    setSending(true);
    try {
      await commands.send(chatId, text.trim());
      navigate(chatPath(chatId), { replace: true });
    } catch {
      setSending(false);
      showToast({ text: t('share.failed') });
    }
  }

  return (
    <>
      <div className={classes.top}>
        <label className={classes.label} htmlFor="shared-text">
          {t('share.text')}
        </label>
        <textarea
          id="shared-text"
          className={classes.text}
          rows={3}
          value={text}
          aria-invalid={tooMany > 0}
          aria-describedby="shared-problem"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p id="shared-problem" className={classes.problem} role="status">
          {tooMany > 0 && t('share.tooLong', { count: tooMany })}
        </p>
        <SearchField
          ref={null}
          label={t('share.search')}
          value={wanted}
          onChange={setWanted}
          onArrowDown={() => choice.current?.querySelector('input')?.focus()}
          onEnter={() => setChosenId(found[0]?.chatId ?? null)}
        />
      </div>
      <div className={classes.rest}>
        {items ? (
          <ChatChoice ref={choice} items={found} chosenId={chosenId} onChoose={setChosenId} />
        ) : (
          <SkeletonRows count={6} />
        )}
      </div>
      <div className={classes.foot}>
        <Button
          isWide
          isBusy={isSending}
          disabled={!chosen || text.trim() === '' || tooMany > 0}
          onClick={() => chosen && void send(chosen.chatId)}
        >
          {chosen ? t('share.sendTo', { name: chatName(t, chosen) }) : t('share.choose')}
        </Button>
      </div>
    </>
  );
}
