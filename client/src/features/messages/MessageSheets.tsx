import type { TFunction } from 'i18next';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmSheet } from './ConfirmSheet.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import type { MessageMenuState, Question } from './useMessageMenu.ts';

const CallDetailsSheet = lazy(async () => ({
  default: (await import('../calls/sheets/CallDetailsSheet.tsx')).CallDetailsSheet,
}));

/** What opens over the history: a message's menu, how a call went, and the question before something is gone. */
export function MessageSheets({ menu }: { menu: MessageMenuState }) {
  const { t } = useTranslation();
  // While the sheet leaves, it still shows what it asked.
  const asked = useRef(menu.question);
  if (menu.question) asked.current = menu.question;
  const words = wordsOf(t, asked.current);
  const told = useRef(menu.details);
  if (menu.details) told.current = menu.details;
  const call = told.current?.call;
  return (
    <>
      {menu.opened && (
        <MessageMenu
          at={menu.opened.at}
          offered={menu.opened.offered}
          onChoose={menu.choose}
          onClose={menu.close}
        />
      )}
      {call && (
        <Suspense fallback={null}>
          <CallDetailsSheet
            callId={call.callId}
            summary={call}
            startedBy={told.current?.senderId}
            chatId={menu.chatId}
            isOpen={menu.details !== null}
            onClose={menu.closeDetails}
          />
        </Suspense>
      )}
      <ConfirmSheet
        isOpen={menu.question !== null}
        {...words}
        onConfirm={() => menu.answer(true)}
        onClose={() => menu.answer(false)}
      />
    </>
  );
}

function wordsOf(t: TFunction, question: Question | null): { title: string; hint: string; action: string } {
  if (question?.kind !== 'discard') {
    const [title, hint] = [t('messages.deleteAsk'), t('messages.deleteHint')];
    return { title, hint, action: t('messages.deleteForAll') };
  }
  if (question.isChange) {
    const [title, hint] = [t('messages.discardChangeAsk'), t('outbox.undoAsk')];
    return { title, hint, action: t('messages.discard') };
  }
  return {
    title: t('messages.discardAsk'),
    hint: question.mayBeSent ? t('outbox.deleteSentAsk') : t('messages.discardHint'),
    action: question.mayBeSent ? t('messages.deleteForAll') : t('messages.discard'),
  };
}
