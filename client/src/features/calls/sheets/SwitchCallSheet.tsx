import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { errorText } from '../../../i18n/errorText.ts';
import type { CallRefusal, Calls } from '../../../rtc/callSnapshot.ts';
import { type RefusalAct, refusalWords } from './refusalWords.ts';
import shared from './sheets.module.css';
import { useCalledName } from './usePersonName.ts';

type Props = {
  /** null: nothing was refused, and the sheet is closed. */
  refusal: CallRefusal | null;
  onClose: () => void;
};

/** Why a call could not be started or answered, and what next; foremost: to end the one that one is in. */
export function SwitchCallSheet({ refusal, onClose }: Props) {
  // While the sheet leaves, it still shows what it said.
  const shown = useRef(refusal);
  if (refusal) shown.current = refusal;
  if (!shown.current) return null;
  return <RefusalSheet refusal={shown.current} isOpen={refusal !== null} onClose={onClose} />;
}

type RefusalProps = { refusal: CallRefusal; isOpen: boolean; onClose: () => void };

function RefusalSheet({ refusal, isOpen, onClose }: RefusalProps) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const [, navigate] = useLocation();
  const { failure, wish } = refusal;
  const chatId = wish.kind === 'answer' ? wish.call.chatId : wish.chatId;
  const name = useCalledName(chatId);
  const { title, hint, act } = refusalWords(refusal);

  function run(): void {
    onClose();
    if (act === 'write') navigate(`/chats/${chatId}`);
    else void callAgain(calls, refusal, act);
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={t(title, { name })}
      subtitle={
        hint
          ? t(hint, { name, most: failure.limit ?? 0 })
          : errorText(t, { code: failure.code, data: failure })
      }
      layer="call"
    >
      <div className={shared.body}>
        <div className={shared.actions}>
          {act !== 'none' && (
            <Button isWide look={act === 'switch' ? 'urgent' : 'filled'} onClick={run}>
              {t(actKey(act, wish.kind))}
            </Button>
          )}
          <Button look="plain" isWide onClick={onClose}>
            {act === 'switch' ? t('common.cancel') : t('common.close')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

async function callAgain(calls: Calls, { wish }: CallRefusal, act: RefusalAct): Promise<void> {
  if (act === 'continueHere') return calls.continueHere();
  if (wish.kind === 'start') {
    const { chatId, media } = wish;
    return calls.start({ chatId, media, leavesOther: act === 'switch' });
  }
  if (wish.kind === 'enter') {
    const { kind: _, ...room } = wish;
    return calls.enterRoom({ ...room, leavesOther: act === 'switch' });
  }
  const { call } = wish;
  if (act === 'callBack') return calls.start({ chatId: call.chatId, media: call.media });
  return calls.answer(call.id, { isWithCamera: call.media === 'video' });
}

const SWITCH_ACTION = {
  start: 'callSheets.switchCallAction',
  answer: 'callSheets.switchAnswerAction',
  enter: 'callSheets.switchJoinAction',
} as const;

function actKey(act: Exclude<RefusalAct, 'none'>, wish: CallRefusal['wish']['kind']) {
  switch (act) {
    case 'switch':
      return SWITCH_ACTION[wish];
    case 'write':
      return 'callSheets.writeMessage';
    case 'retry':
      return 'common.retry';
    case 'callBack':
      return 'callSheets.callBack';
    case 'continueHere':
      return 'callSheets.continueHere';
    default:
      return act satisfies never;
  }
}
