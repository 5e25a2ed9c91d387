import type { TelegramIdentity } from '@ahoy/shared/protocol/telegram.ts';
import { IconMessageCheck, IconMessageOff, IconMessageQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../../components/Row.tsx';

const ICON = { size: 24, stroke: 1.75 };
const ICONS = { open: IconMessageCheck, unknown: IconMessageQuestion, blocked: IconMessageOff } as const;

interface BotStateProps {
  state: TelegramIdentity['bot'];
  /** Without @; null while Telegram has not told it. */
  username: string | null;
}

/** Whether the bot may write, and where to allow that: Telegram lets it only after it was started. */
export function BotState({ state, username }: BotStateProps) {
  const { t } = useTranslation();
  const Icon = ICONS[state];
  const link = username !== null &&
    state !== 'open' && { href: `https://t.me/${username}`, isExternal: true };
  return (
    <RowGroup>
      <Row
        icon={<Icon {...ICON} />}
        title={t(TITLES[state])}
        text={t(TEXTS[state], { bot: username ? `@${username}` : t('telegramAccount.theBot') })}
        {...link}
      />
    </RowGroup>
  );
}

const TITLES = {
  open: 'telegramAccount.botOpen',
  unknown: 'telegramAccount.botUnknown',
  blocked: 'telegramAccount.botBlocked',
} as const;

const TEXTS = {
  open: 'telegramAccount.botOpenHint',
  unknown: 'telegramAccount.botUnknownHint',
  blocked: 'telegramAccount.botBlockedHint',
} as const;
