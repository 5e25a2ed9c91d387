import { IconArrowBackUp, IconPencil, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/IconButton.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { messageQuery } from '../../offline/queries.ts';
import classes from './ComposerBar.module.css';
import { lineText } from './lineText.ts';
import type { QuotedLine } from './quoting.ts';

type Props = {
  chatId: string;
  kind: 'reply' | 'edit';
  messageId: string;
  /** The line as it is on the screen, if it is: it may still wait to be sent. */
  line: QuotedLine | undefined;
  me: string;
  nameOf: (senderId: string) => string;
  onCancel: () => void;
};

/** Above the field: what is answered or changed, and the way out. */
export function ComposerBar({ chatId, kind, messageId, line, me, nameOf, onCancel }: Props) {
  const { copy } = useServices();
  const { t } = useTranslation();
  const held = useLive(copy, messageQuery(chatId, messageId));
  const shown = line ?? held ?? undefined;
  const isDeleted = line ? line.isDeleted : held?.deletedAt != null;
  const title =
    kind === 'edit'
      ? t('messages.editing')
      : t('messages.replyTo', { name: shown ? nameOf(shown.senderId) : '…' });
  const Icon = kind === 'edit' ? IconPencil : IconArrowBackUp;
  return (
    <div className={classes.bar}>
      <Icon size={22} stroke={1.75} aria-hidden="true" />
      <div className={classes.words} role="status">
        <span className={classes.title}>{title}</span>
        <span className={classes.text}>
          {shown
            ? lineText(t, { ...shown, call: shown.call ?? null, isDeleted }, me, Date.now())
            : t('messages.quoteNotHere')}
        </span>
      </div>
      <IconButton
        tone="quiet"
        label={kind === 'edit' ? t('messages.cancelEdit') : t('messages.cancelReply')}
        icon={<IconX size={22} stroke={1.75} aria-hidden="true" />}
        onClick={onCancel}
      />
    </div>
  );
}
