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

type Editing = { line: Line; text: string };

/** What is being written in a chat: a new message, kept as a draft, or the change of an old one. */
export function useComposer(me: string, chatId: string, isTypingSent: boolean): Composing {
  const { commands, typing } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [begun] = useState(() => parseDraft(readStoredDraft(localStorage, me, chatId)));
  const [draft, setDraft] = useState(begun ?? EMPTY_DRAFT);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [isDraftKept, setDraftKept] = useState(true);
  const [focusCount, setFocusCount] = useState(0);
  const isSubmitting = useRef(false);
  const isAskedAgain = useRef(false);
  /** As typed, also before React has drawn it. */
  const latest = useRef(draft);
  const latestEditing = useRef(editing);

  function keep(next: { text: string; replyToId: string | null }): void {
    latest.current = next;
    setDraft(next);
    setDraftKept(writeDraft(localStorage, me, chatId, next));
  }
  function keepEditing(next: Editing | null): void {
    latestEditing.current = next;
    setEditing(next);
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
    if (text.trim() === '') return;
    await commands.send(chatId, text.trim(), replyToId);
    // Whatever was typed while it was stored stays.
    keep({ text: typedSince(text, latest.current.text), replyToId: null });
  }

  async function saveEdit({ line, text }: Editing): Promise<void> {
    if (text.trim() !== line.text) await commands.edit(chatId, line.id, text.trim());
    const now = latestEditing.current;
    if (now?.line.id !== line.id) return;
    // Whatever was typed while it was stored begins the next message.
    const typed = typedSince(text, now.text);
    if (typed !== '') keep({ ...latest.current, text: latest.current.text + typed });
    keepEditing(null);
  }

  return {
    text: editing ? editing.text : draft.text,
    replyToId: editing ? null : draft.replyToId,
    editing: editing?.line ?? null,
    isDraftKept,
    focusKey: focusCount === 0 ? '' : String(focusCount),
    change(text) {
      const changed = latestEditing.current;
      if (changed) keepEditing({ ...changed, text });
      else keep({ ...latest.current, text });
      if (!changed && isTypingSent && text.trim() !== '') typing.sendTyping(chatId);
    },
    reply(messageId) {
      keepEditing(null);
      keep({ ...latest.current, replyToId: messageId });
      focus();
    },
    edit(line) {
      keepEditing({ line, text: line.text });
      focus();
    },
    cancel() {
      if (latestEditing.current) keepEditing(null);
      else keep({ ...latest.current, replyToId: null });
      focus();
    },
    async submit() {
      isAskedAgain.current = true;
      if (isSubmitting.current) return;
      isSubmitting.current = true;
      try {
        while (isAskedAgain.current) {
          isAskedAgain.current = false;
          const changed = latestEditing.current;
          await (changed ? saveEdit(changed) : send());
          // A second press was meant for the change, not for a draft that waited behind it.
          if (changed) isAskedAgain.current = false;
        }
      } catch {
        showToast({ text: t('messages.actionFailed') });
      } finally {
        isSubmitting.current = false;
      }
    },
  };
}

/** What a field holds beyond what it held before. */
function typedSince(before: string, now: string): string {
  return now.startsWith(before) ? now.slice(before.length) : now;
}
