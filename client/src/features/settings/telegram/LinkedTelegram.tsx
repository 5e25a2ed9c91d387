import type { TelegramIdentity } from '@ahoy/shared/protocol/telegram.ts';
import { IconBrandTelegram, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../../components/Row.tsx';
import { useDateWords } from '../../../components/useDateWords.ts';
import { TelegramNotices } from '../../notifications/TelegramNotices.tsx';
import { BotState } from './BotState.tsx';
import classes from './TelegramPage.module.css';
import { UnlinkSheets } from './UnlinkSheets.tsx';

interface LinkedTelegramProps {
  identity: TelegramIdentity;
  isLastWayIn: boolean;
  isFresh: boolean;
  isOffline: boolean;
  botUsername: string | null;
}

/** Who leads into this account, what the bot tells them, and how to end that. */
export function LinkedTelegram(props: LinkedTelegramProps) {
  const { identity, isLastWayIn, isFresh, isOffline, botUsername } = props;
  const { t } = useTranslation();
  const words = useDateWords();
  const [isUnlinking, setUnlinking] = useState(false);
  const when = words.dayWithin(new Date(identity.linkedAt), new Date());
  const since = t('telegramAccount.linkedSince', { when });
  return (
    <>
      <RowGroup>
        <Row
          icon={<IconBrandTelegram size={24} stroke={1.75} />}
          title={identity.name}
          text={identity.username ? `@${identity.username} · ${since}` : since}
        />
      </RowGroup>
      <BotState state={identity.bot} username={botUsername} />
      <TelegramNotices />
      <RowGroup>
        {isLastWayIn ? (
          <div className={classes.pad}>
            <h2 className={classes.heading}>{t('telegramAccount.lastWayInTitle')}</h2>
            <p className={classes.note}>{t('telegramAccount.lastWayInLead')}</p>
          </div>
        ) : (
          <Row
            icon={<IconUnlink size={24} stroke={1.75} />}
            title={t('telegramAccount.unlink')}
            {...(isOffline
              ? { text: t('telegramAccount.needsNetwork') }
              : { tone: 'urgent', onClick: () => setUnlinking(true) })}
          />
        )}
      </RowGroup>
      <UnlinkSheets isOpen={isUnlinking} isFresh={isFresh} onClose={() => setUnlinking(false)} />
    </>
  );
}
