import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import list from '../screens/NoticeList.module.css';
import type { RoomCall } from './useRoomCall.ts';

/** Who waits at the door, for the host; or that nobody else is here yet. */
export function RoomNotices({ roomCall }: { roomCall: RoomCall }) {
  const { t } = useTranslation();
  const { model, hold, canInvite, showSheet } = roomCall;
  const { call } = model;
  const { waiting, acts } = hold;
  const [first, second] = waiting;
  const isAlone = call.phase === 'active' && call.remotes.length === 0;
  const [busyId, setBusyId] = useState<string | null>(null);

  function letIn(personId: string): void {
    setBusyId(personId);
    void acts.admit(personId).finally(() => setBusyId(null));
  }
  return (
    <div role="status" className={list.said}>
      {first && !second && (
        <div className={list.notice}>
          <span>{t('roomCall.waits', { name: first.person.name })}</span>
          <button type="button" disabled={busyId === first.person.id} onClick={() => letIn(first.person.id)}>
            {t('roomCall.letIn')}
          </button>
        </div>
      )}
      {second && (
        <div className={list.notice}>
          <span>{t('roomCall.wait', { count: waiting.length })}</span>
          <button type="button" onClick={() => showSheet('people')}>
            {t('roomCall.seeWho')}
          </button>
        </div>
      )}
      {isAlone && !first && (
        <div className={list.notice}>
          <span>{t('roomCall.alone')}</span>
          {canInvite && (
            <button type="button" onClick={() => showSheet('invite')}>
              {t('roomCall.invite')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
