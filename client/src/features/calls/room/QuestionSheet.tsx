import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import shared from '../sheets/sheets.module.css';
import type { RoomCall, RoomQuestion } from './useRoomCall.ts';

type Props = { roomCall: RoomCall; question: RoomQuestion; isOpen: boolean; onClose: () => void };

/** Asks once more before the host does what cannot be taken back. */
export function QuestionSheet({ roomCall, question, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const { acts } = roomCall.hold;
  const { title, hint, action } = words();

  function run(): void {
    setBusy(true);
    void act().then((isDone) => {
      setBusy(false);
      if (isDone) onClose();
    });
  }
  return (
    <Sheet layer="call" isOpen={isOpen} onClose={onClose} title={title} subtitle={hint}>
      <div className={shared.body}>
        <div className={shared.actions}>
          <Button
            isWide
            isBusy={isBusy}
            look={question.kind === 'handOver' ? 'filled' : 'urgent'}
            onClick={run}
          >
            {action}
          </Button>
          <Button look="plain" isWide onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </Sheet>
  );

  function act(): Promise<boolean> {
    switch (question.kind) {
      case 'remove':
        return acts.remove(question.person.id);
      case 'handOver':
        return acts.handOver(question.person.id);
      case 'endCall':
        return acts.endCall();
      default:
        return question satisfies never;
    }
  }

  function words(): { title: string; hint: string; action: string } {
    if (question.kind === 'endCall') {
      return {
        title: t('roomCall.endQuestion'),
        hint: t('roomCall.endHint'),
        action: t('roomCall.endForAll'),
      };
    }
    const { name } = question.person;
    return question.kind === 'remove'
      ? {
          title: t('roomCall.removeQuestion', { name }),
          hint: t('roomCall.removeHint', { name }),
          action: t('roomCall.remove'),
        }
      : {
          title: t('roomCall.hostQuestion', { name }),
          hint: t('roomCall.hostHint', { name }),
          action: t('roomCall.makeHost'),
        };
  }
}
