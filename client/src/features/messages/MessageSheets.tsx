import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmSheet } from './ConfirmSheet.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import type { MessageMenuState } from './useMessageMenu.ts';

/** What opens over the history: a message's menu, and the question before something is gone. */
export function MessageSheets({ menu }: { menu: MessageMenuState }) {
  const { t } = useTranslation();
  // While the sheet leaves, it still shows what it asked.
  const asked = useRef(menu.question);
  if (menu.question) asked.current = menu.question;
  const isDelete = asked.current?.kind === 'delete';
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
      <ConfirmSheet
        isOpen={menu.question !== null}
        title={t(isDelete ? 'messages.deleteAsk' : 'messages.discardAsk')}
        hint={t(isDelete ? 'messages.deleteHint' : 'messages.discardHint')}
        action={t(isDelete ? 'messages.deleteForAll' : 'messages.discard')}
        onConfirm={() => menu.answer(true)}
        onClose={() => menu.answer(false)}
      />
    </>
  );
}
