import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../components/Sheet.tsx';
import type { ChatHeader } from '../../offline/readModels.ts';
import { ArchiveRow } from './ArchiveRow.tsx';
import { chatName } from './chatName.ts';

type Chat = Pick<ChatHeader, 'chatId' | 'kind' | 'title' | 'peer' | 'isArchived'>;

/** What can be done with a chat; null: nothing is asked of any. */
export function ChatSheet({ chat, onClose }: { chat: Chat | null; onClose: () => void }) {
  const { t } = useTranslation();
  // What it says stays while it goes away.
  const [last, setLast] = useState(chat);
  if (chat && chat !== last) setLast(chat);
  const shown = chat ?? last;
  if (!shown) return null;
  const name = chatName(t, shown);
  return (
    <Sheet isOpen={chat !== null} onClose={onClose} title={name}>
      <ArchiveRow chatId={shown.chatId} name={name} isArchived={shown.isArchived} onDone={onClose} />
    </Sheet>
  );
}
