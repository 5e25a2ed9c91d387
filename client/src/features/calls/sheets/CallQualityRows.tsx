import type { Call, CallQuality } from '@ahoy/shared/protocol/calls.ts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useMyId } from '../../../components/useMyId.ts';
import classes from './CallQualityRows.module.css';
import { shareText, sizeText } from './linkFigures.ts';
import { type Verdict, verdictOf } from './qualityWords.ts';
import shared from './sheets.module.css';
import { useNumbers } from './useNumbers.ts';
import { usePersonName } from './usePersonName.ts';

type Props = { call: Call; quality: readonly { participantId: string; quality: CallQuality }[] };

const VERDICTS = {
  good: 'callSheets.verdictGood',
  fair: 'callSheets.verdictFair',
  weak: 'callSheets.verdictWeak',
  unknown: 'callSheets.verdictUnknown',
} as const satisfies Record<Verdict, string>;

/** How the call was at each device that told. */
export function CallQualityRows({ call, quality }: Props) {
  const { t } = useTranslation();
  if (call.outcome !== 'answered') return null;
  if (quality.length === 0) return <p className={shared.note}>{t('callSheets.detailsNone')}</p>;
  return (
    <section className={shared.section} aria-label={t('callSheets.howItWas')}>
      <h2 className={shared.heading}>{t('callSheets.howItWas')}</h2>
      <ul className={classes.list}>
        {quality.map((told) => {
          const userId = call.participants.find(({ id }) => id === told.participantId)?.userId;
          return userId === undefined ? null : (
            <OneQuality key={told.participantId} userId={userId} quality={told.quality} />
          );
        })}
      </ul>
    </section>
  );
}

function OneQuality({ userId, quality }: { userId: string; quality: CallQuality }) {
  const { t } = useTranslation();
  const me = useMyId();
  const name = usePersonName(userId);
  const numbers = useNumbers();
  const verdict = verdictOf(quality);
  return (
    <li className={classes.one}>
      <p className={classes.head}>
        <span className={classes.name}>{userId === me ? t('callSheets.you') : name}</span>
        <span className={classes.verdict} data-verdict={verdict}>
          {t(VERDICTS[verdict])}
        </span>
      </p>
      <p className={classes.words}>{summaryWords(t, numbers, quality).join(', ')}</p>
    </li>
  );
}

function summaryWords(t: TFunction, numbers: Intl.NumberFormat, quality: CallQuality): string[] {
  const { roundTripMs, lossShare, isRelayed, restarts } = quality;
  const words = [
    roundTripMs !== null &&
      t('callSheets.roundTripShort', { value: numbers.format(Math.round(roundTripMs)) }),
    lossShare !== null && t('callSheets.lost', { value: shareText(numbers, lossShare) }),
    sizeText(t, quality),
    isRelayed !== null && (isRelayed ? t('callSheets.relayed') : t('callSheets.direct')),
    restarts > 0 && t('callSheets.reconnects', { count: restarts }),
  ];
  return words.filter((word) => typeof word === 'string');
}
