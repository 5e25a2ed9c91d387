import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Line } from '@ahoy/shared/domain/project.ts';
import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { callStandingOf, isOpenCall } from '../../offline/callStanding.ts';
import type { MenuAction, Point } from './MessageMenu.tsx';

type Options = {
  chatId: string;
  me: string;
  lineOf: (id: string) => Line | undefined;
  /** A pending command of this chat. */
  commandOf: (id: string) => Command | undefined;
  call: (id: string) => void;
  reply: (id: string) => void;
  edit: (line: Line) => void;
};

/** What is asked before it is done. */
export type Question =
  | { kind: 'delete'; id: string }
  /** `mayBeSent`: then it is deleted. `isChange`: an edit or a deletion is given up, and the message stays. */
  | { kind: 'discard'; commandId: string; mayBeSent: boolean; isChange: boolean };

export type MessageMenuState = ReturnType<typeof useMessageMenu>;

/** The menu of a message and what its entries do. */
export function useMessageMenu({ chatId, me, lineOf, commandOf, call, reply, edit }: Options) {
  const { commands } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const [opened, setOpened] = useState<{ id: string; at: Point } | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  /** The message of the call that is told of. */
  const [details, setDetails] = useState<Line | null>(null);
  const line = opened && lineOf(opened.id);

  function run(done: Promise<unknown>) {
    done.catch(() => showToast({ text: t('messages.actionFailed') }));
  }
  function copyText(text: string) {
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => showToast({ text: t('messages.copied') }),
      () => showToast({ text: t('messages.copyFailed') }),
    );
  }
  /** Closing the system's sheet is no failure. */
  function passOn(id: string) {
    const text = lineOf(id)?.text ?? '';
    if (!('share' in navigator)) return copyText(text);
    navigator.share({ text }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) copyText(text);
    });
  }
  const retry = (commandId: string) => run(commands.retry(commandId));
  const discard = (commandId: string) => {
    const command = commandOf(commandId);
    const mayBeSent = command?.state === 'waiting' && command.isAttempted;
    setQuestion({ kind: 'discard', commandId, mayBeSent, isChange: command?.kind !== 'send' });
  };

  return {
    opened: line && opened ? { at: opened.at, offered: offeredFor(line, me) } : null,
    question,
    retry,
    discard,
    passOn,
    open: (id: string, at: Point) => setOpened({ id, at }),
    close: () => setOpened(null),
    chatId,
    details,
    closeDetails: () => setDetails(null),
    choose(action: MenuAction) {
      setOpened(null);
      if (!line) return;
      switch (action) {
        case 'callBack':
          return call(line.id);
        case 'callDetails':
          return setDetails(line);
        case 'reply':
          return reply(line.id);
        case 'edit':
          return edit(line);
        case 'copy':
          return copyText(line.text);
        case 'delete':
          return setQuestion({ kind: 'delete', id: line.id });
        case 'retry':
          return line.commandId === null ? undefined : retry(line.commandId);
        case 'discard':
          return line.commandId === null ? undefined : discard(line.commandId);
        default:
          return action satisfies never;
      }
    },
    answer(isConfirmed: boolean) {
      setQuestion(null);
      if (!isConfirmed || !question) return;
      if (question.kind === 'delete') run(commands.delete(chatId, question.id));
      else run(commands.discard(question.commandId));
    },
  };
}

function offeredFor(line: Line, me: string): MenuAction[] {
  const isOwn = line.senderId === me;
  if (line.call) return offeredForCall(line.call, isOwn);
  if (line.state === 'failed') return ['retry', 'edit', 'copy', 'discard'];
  if (line.state === 'waiting') return ['reply', 'edit', 'copy', 'discard'];
  return isOwn ? ['reply', 'edit', 'copy', 'delete'] : ['reply', 'copy'];
}

/** A call has no words to copy or change; while it goes on, its message tells of it. */
function offeredForCall(call: CallSummary, isOwn: boolean): MenuAction[] {
  if (isOpenCall(callStandingOf(call, isOwn, Date.now()))) return ['reply'];
  return isOwn ? ['callBack', 'callDetails', 'reply', 'delete'] : ['callBack', 'callDetails', 'reply'];
}
