import type { Line } from '@ahoy/shared/domain/project.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { EMPTY_DRAFT, onDraftElsewhere, parseDraft, readStoredDraft, writeDraft } from '../chats/drafts.ts';

export type Composing = {
  text: string;
  /** The message that is answered. */
  replyToId: string | null;
  /** The own message that is changed. */
  editing: Line | null;
  isDraftKept: boolean;
  /** Changes whenever the field is to take the focus. */
  focusKey: string;
  change: (text: string) => void;
  reply: (messageId: string) => void;
  edit: (line: Line) => void;
  cancel: () => void;
  /** Resolves once the device has stored it. */
  submit: () => Promise<void>;
};

/** What is being written in a chat: a new message, kept as a draft, or the change of an old one. */
export function useComposer(me: string, chatId: string, isTypingSent: boolean): Composing {
  const { commands, typing } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [begun] = useState(() => parseDraft(readStoredDraft(localStorage, me, chatId)));
  const [draft, setDraft] = useState(begun ?? EMPTY_DRAFT);
  const [editing, setEditing] = useState<{ line: Line; text: string } | null>(null);
  const [isDraftKept, setDraftKept] = useState(true);
  const [focusCount, setFocusCount] = useState(0);
  const isSubmitting = useRef(false);
  const latest = useRef(draft);

  function keep(next: { text: string; replyToId: string | null }): void {
    latest.current = next;
    setDraft(next);
    setDraftKept(writeDraft(localStorage, me, chatId, next));
  }
  useEffect(
    () =>
      onDraftElsewhere(localStorage, me, chatId, (draft) => {
        latest.current = draft;
        setDraft(draft);
      }),
    [me, chatId],
  );
  const focus = () => setFocusCount((count) => count + 1);

  async function send(): Promise<void> {
    const { text, replyToId } = latest.current;
    await commands.send(chatId, text.trim(), replyToId);
    // Whatever was typed while it was stored stays.
    const now = latest.current.text;
    keep({ text: now.startsWith(text) ? now.slice(text.length) : now, replyToId: null });
  }

  async function saveEdit(line: Line, text: string): Promise<void> {
    if (text.trim() !== line.text) await commands.edit(chatId, line.id, text.trim());
    setEditing(null);
  }

  return {
    text: editing ? editing.text : draft.text,
    replyToId: editing ? null : draft.replyToId,
    editing: editing?.line ?? null,
    isDraftKept,
    focusKey: focusCount === 0 ? '' : String(focusCount),
    change(text) {
      if (editing) setEditing({ ...editing, text });
      else keep({ ...latest.current, text });
      if (!editing && isTypingSent && text.trim() !== '') typing.sendTyping(chatId);
    },
    reply(messageId) {
      setEditing(null);
      keep({ ...latest.current, replyToId: messageId });
      focus();
    },
    edit(line) {
      setEditing({ line, text: line.text });
      focus();
    },
    cancel() {
      if (editing) setEditing(null);
      else keep({ ...latest.current, replyToId: null });
      focus();
    },
    async submit() {
      if (isSubmitting.current) return;
      isSubmitting.current = true;
      try {
        await (editing ? saveEdit(editing.line, editing.text) : send());
      } catch {
        showToast({ text: t('messages.actionFailed') });
      } finally {
        isSubmitting.current = false;
      }
    },
  };
}
