import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/FormError.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { Row } from '../../../components/Row.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { TextField } from '../../../components/TextField.tsx';
import { useToast } from '../../../components/ToastContext.ts';
import classes from './DeclineWithMessageSheet.module.css';
import { useCalledName } from './usePersonName.ts';

type Props = { call: Call; isOpen: boolean; onClose: () => void };

/** Says why, then stops the ringing. The message goes through the outbox, so it needs no network now. */
export function DeclineWithMessageSheet({ call, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const name = useCalledName(call.chatId);
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={t('callSheets.declineTitle')}
      subtitle={name}
      layer="call"
    >
      <Replies call={call} onClose={onClose} />
    </Sheet>
  );
}

function Replies({ call, onClose }: Pick<Props, 'call' | 'onClose'>) {
  const { t } = useTranslation();
  const { calls, commands } = useServices();
  const showToast = useToast();
  const [own, setOwn] = useState('');
  const [isSending, setSending] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  async function declineWith(text: string): Promise<void> {
    if (isSending) return;
    setSending(true);
    try {
      await commands.send(call.chatId, text);
    } catch {
      setSending(false);
      setFailed(true);
      return;
    }
    onClose();
    showToast({ text: t('callSheets.declinedWithMessage') });
    await calls.decline(call.id);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (own.trim() !== '') void declineWith(own.trim());
  }
  const replies = [t('callSheets.replyBusy'), t('callSheets.replyLater'), t('callSheets.replySoon')];
  return (
    <>
      <div className={classes.replies}>
        {replies.map((reply) => (
          <Row key={reply} title={reply} onClick={() => void declineWith(reply)} />
        ))}
      </div>
      <form className={classes.own} onSubmit={submit}>
        <TextField
          label={t('callSheets.ownReply')}
          value={own}
          maxLength={LIMITS.messageTextLength}
          enterKeyHint="send"
          autoComplete="off"
          onChange={(event) => setOwn(event.currentTarget.value)}
          className={classes.field}
        />
        <IconButton
          type="submit"
          label={t('callSheets.sendAndDecline')}
          icon={<IconSend size={22} stroke={2} />}
          tone="filled"
          disabled={own.trim() === '' || isSending}
          className={classes.send}
        />
        <div className={classes.problem}>
          <FormError text={hasFailed ? t('callSheets.replyFailed') : undefined} />
        </div>
      </form>
    </>
  );
}
