import { IconCheck } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/Avatar.tsx';
import type { ChatListItem } from '../../offline/readModels.ts';
import { chatName } from '../chats/chatName.ts';
import classes from './ChatChoice.module.css';

type Props = {
  ref: Ref<HTMLFieldSetElement>;
  items: readonly ChatListItem[];
  chosenId: string | null;
  onChoose: (chatId: string) => void;
};

/** More are found by their names faster than by scrolling. */
const SHOWN = 60;
const AVATAR_PX = 44;

/** Chats, one of which can be chosen; the latest talk first. */
export function ChatChoice({ ref, items, chosenId, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset ref={ref} className={classes.chats} aria-label={t('share.chats')}>
      {items.slice(0, SHOWN).map((item) => {
        const name = chatName(t, item);
        return (
          <label key={item.chatId} className={classes.row}>
            <input
              type="radio"
              name="chat"
              className={classes.radio}
              checked={item.chatId === chosenId}
              onChange={() => onChoose(item.chatId)}
            />
            <Avatar
              id={item.peer?.id ?? item.chatId}
              name={name}
              kind={item.kind === 'saved' ? 'saved' : item.kind === 'direct' ? 'person' : 'group'}
              size={AVATAR_PX}
            />
            <span className={classes.words}>
              <span className={classes.name}>{name}</span>
              {item.peer?.username && <span className={classes.handle}>@{item.peer.username}</span>}
            </span>
            <span className={classes.mark} aria-hidden="true">
              <IconCheck size={18} stroke={3} />
            </span>
          </label>
        );
      })}
      <p className={classes.said} role="status">
        {items.length === 0 && t('share.noChat')}
        {items.length > SHOWN && t('share.searchForMore')}
      </p>
    </fieldset>
  );
}
