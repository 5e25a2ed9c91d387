import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import type { CopyMeta } from '../../offline/copy.ts';
import type { OutboxItem } from '../../offline/readModels.ts';
import { chatName } from '../chats/chatName.ts';
import { EditForm } from './EditForm.tsx';
import classes from './OutboxRow.module.css';
import { StateLine } from './StateLine.tsx';
import { TakeBack } from './TakeBack.tsx';

type Props = {
  item: OutboxItem;
  pause: CopyMeta['pause'];
  /** Says so when it cannot be stored. */
  onRun: (done: Promise<void>) => void;
};

/** One thing that has not reached the server. */
export function OutboxRow({ item, pause, onRun }: Props) {
  const { t } = useTranslation();
  const { commands, sendNow } = useServices();
  const textId = useId();
  const [mode, setMode] = useState<'shown' | 'editing' | 'asking'>('shown');
  const { command, chat, cancelling } = item;
  const name = chatName(t, chat);
  const hasFailed = command.state === 'failed';
  const act = (done: Promise<void>) => {
    setMode('shown');
    onRun(done);
  };

  return (
    <li className={classes.row}>
      <Avatar
        id={chat.peer?.id ?? chat.chatId}
        name={name}
        kind={chat.kind === 'saved' ? 'saved' : chat.kind === 'direct' ? 'person' : 'group'}
        size={44}
      />
      <div className={classes.body}>
        <h3 className={classes.name}>{name}</h3>
        {mode !== 'editing' && (
          <p id={textId} className={classes.text} data-quiet={command.kind === 'delete'}>
            {said(t, item)}
          </p>
        )}
        {mode === 'editing' && (command.kind === 'send' || command.kind === 'edit') && (
          <EditForm
            text={command.text}
            mayBeSent={command.kind === 'send' && command.isAttempted && !hasFailed}
            onSave={(text) => act(commands.edit(chat.chatId, command.messageId, text))}
            onCancel={() => setMode('shown')}
          />
        )}
        {mode === 'asking' && cancelling !== null && (
          <TakeBack
            cancelling={cancelling}
            onTake={() => act(commands.discard(command.id))}
            onKeep={() => setMode('shown')}
          />
        )}
        {mode === 'shown' && (
          <>
            <StateLine item={item} pause={pause} />
            <div className={classes.actions}>
              {hasFailed && (
                <Button
                  look="soft"
                  size="small"
                  aria-describedby={textId}
                  onClick={() => act(commands.retry(command.id).then(sendNow))}
                >
                  {t('common.retry')}
                </Button>
              )}
              {item.canEdit && (
                <Button
                  look="plain"
                  size="small"
                  className={classes.quiet}
                  aria-describedby={textId}
                  onClick={() => setMode('editing')}
                >
                  {t('messages.edit')}
                </Button>
              )}
              {cancelling !== null && (
                <Button
                  look="plain"
                  size="small"
                  className={classes.quiet}
                  aria-describedby={textId}
                  onClick={() => setMode('asking')}
                >
                  {hasFailed ? t('outbox.discard') : t('outbox.takeBack')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </li>
  );
}

/** What is to happen, in one line. */
function said(t: TFunction, { command, text }: OutboxItem): string {
  switch (command.kind) {
    case 'send':
      return command.text;
    case 'edit':
      return t('outbox.edit', { text: command.text });
    case 'delete':
      return text === null ? t('outbox.deleteUnknown') : t('outbox.delete', { text });
    case 'openDirect':
      return t('outbox.newChat');
    default:
      return command satisfies never;
  }
}
