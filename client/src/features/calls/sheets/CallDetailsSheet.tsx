import type { CallMedia, CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { IconPhone, IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { useApiQueries, useServices } from '../../../components/ServicesContext.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { SkeletonRows } from '../../../components/SkeletonRows.tsx';
import { useDateWords } from '../../../components/useDateWords.ts';
import { useMyId } from '../../../components/useMyId.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { toFailure } from '../../../net/failure.ts';
import classes from './CallDetailsSheet.module.css';
import { CallQualityRows } from './CallQualityRows.tsx';
import { detailRows } from './detailRows.ts';
import { Figures } from './Figures.tsx';
import shared from './sheets.module.css';

type Props = {
  callId: string;
  /** What the device's copy has of it, for the time without a network. */
  summary?: CallSummary | undefined;
  /** Who called, where the copy tells. */
  startedBy?: string | undefined;
  /** Where to call back. */
  chatId?: string | undefined;
  isOpen: boolean;
  onClose: () => void;
};

/** How a call went, and how it was for each who was in it. */
export function CallDetailsSheet(props: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={props.isOpen} onClose={props.onClose} title={t('callSheets.detailsTitle')} layer="page">
      <Details {...props} />
    </Sheet>
  );
}

function Details({ callId, summary, startedBy, chatId, onClose }: Props) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const words = useDateWords();
  const me = useMyId();
  const { data, error } = useQuery(useApiQueries().calls.details.queryOptions({ input: { id: callId } }));
  const caller = data?.call.startedBy ?? startedBy;
  const rows = detailRows(t, words, {
    call: data?.call ?? summary,
    isOutgoing: caller === undefined ? null : caller === me,
  });
  const calledChatId = data?.call.chatId ?? chatId;

  function callBack(media: CallMedia): void {
    if (calledChatId === undefined) return;
    onClose();
    void calls.start({ chatId: calledChatId, media });
  }
  return (
    <div className={shared.body}>
      {rows.length > 0 && <Figures rows={rows} />}
      {data && <CallQualityRows call={data.call} quality={data.quality} />}
      {!data && !error && <SkeletonRows count={2} />}
      {error && <Trouble error={error} />}
      {calledChatId !== undefined && (
        <div className={classes.actions}>
          <Button look="soft" isWide onClick={() => callBack('audio')}>
            <IconPhone size={22} stroke={1.75} aria-hidden="true" />
            {t('callSheets.callBack')}
          </Button>
          <Button look="outline" isWide onClick={() => callBack('video')}>
            <IconVideo size={22} stroke={1.75} aria-hidden="true" />
            {t('callSheets.callBackVideo')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Trouble({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return toFailure(error).code === 'NETWORK' ? (
    <p className={shared.note} role="status">
      {t('callSheets.detailsOffline')}
    </p>
  ) : (
    <FormError text={errorText(t, error)} />
  );
}
